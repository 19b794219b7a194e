"""The BGE encoders: models, tokenising, instructions, and the encoder process."""
