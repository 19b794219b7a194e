"""Makes the one file that tokenizing needs of the older ones that a model may come with instead."""

from __future__ import annotations

import os

from bge_desktop.bge.model_layout import SENTENCE_PIECES, TOKENIZER, WORD_PIECES, read_object
from bge_desktop.errors import ModelError, UnfitModelError
from bge_desktop.own_files import replacing


def make_tokenizer(folder: str) -> None:
    """Have a folder's tokenizer stand in `tokenizer.json`, made of `vocab.txt` or `sentencepiece.bpe.model`.

    It imports transformers where there is something to make: for a child process.

    Raises:
        ModelError: there is nothing that it could be made of, or that is damaged.
    """
    if os.path.exists(os.path.join(folder, TOKENIZER)):
        return
    try:
        _convert(folder)
    except Exception as error:  # what the converters raise is not foreseeable
        reason = str(error).partition("\n")[0][:200] or type(error).__name__
        message = f"{TOKENIZER} is missing, and could not be made of another file ({reason})."
        raise ModelError("Model cannot be used", message, folder) from error


def _convert(folder: str) -> None:
    import transformers

    there = [own for own in (SENTENCE_PIECES, WORD_PIECES) if os.path.exists(os.path.join(folder, own))]
    if not there:
        raise UnfitModelError(f"there is no {WORD_PIECES} and no {SENTENCE_PIECES}")
    kinds = {SENTENCE_PIECES: transformers.XLMRobertaTokenizer, WORD_PIECES: transformers.BertTokenizer}
    told = read_object(folder, "tokenizer_config.json")
    options = {"do_lower_case": bool(told.get("do_lower_case", True))} if there[0] == WORD_PIECES else {}
    made = kinds[there[0]].from_pretrained(folder, local_files_only=True, trust_remote_code=False, **options)
    with replacing(os.path.join(folder, TOKENIZER)) as path:  # half a file would be taken for the model's own
        made.backend_tokenizer.save(path)
