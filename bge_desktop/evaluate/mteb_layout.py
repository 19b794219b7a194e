"""The layout of a person's own data for tasks of `mteb`."""

LAYOUT = """\
your own data:
  A folder holds one collection, or a folder for each. The files of a collection, in UTF-8 with an
  object of JSON on each line, say which tasks there are. A task is named after its folder and its
  kind, as recipes-sts.

  retrieval            corpus.jsonl               {"_id": "1", "text": "…", "title": "…"}
                       queries.jsonl              {"_id": "a", "text": "…"}
                       qrels.tsv                  the _id of a query, of a document, and a grade
                                                  (as 1), with tabs between
  reranking            reranking.jsonl            {"query": "…", "positive": ["…"],
                                                   "negative": ["…", "…"]}
  classification       classification.jsonl       {"text": "…", "label": "…", "split": "train"}
  clustering           clustering.jsonl           {"text": "…", "label": "…"}
  pair-classification  pair-classification.jsonl  {"sentence1": "…", "sentence2": "…", "label": 1}
  sts                  sts.jsonl                  {"sentence1": "…", "sentence2": "…", "score": 0.8}

  A document may be without a title. Labels of pairs are 1 or 0. Where no line of a classification
  has a "split" ("train" or "test"), every second text of a label is for testing.

public tasks:
  Their data sets are downloaded by the package mteb. Names are as in MTEB (STS12, T2Retrieval);
  types are Retrieval, Reranking, Clustering, Classification, PairClassification, STS, Summarization.
"""
