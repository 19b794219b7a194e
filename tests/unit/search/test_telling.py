import numpy as np

from bge_desktop.messages import SearchResult, Why
from bge_desktop.search.telling import sentence_tasks

PASSAGE = "7. Living there\n\nNotice must be given in writing. The flat has a balcony to the south side."


def result(passage, why=Why.MEANING):
    return SearchResult("/lease.txt", "/", "", 0.0, 1.0, None, 0, len(passage), passage, why)


def test_headings_do_not_stand_for_a_sentence():
    [task] = sentence_tasks([result(PASSAGE)], ["en"])
    assert task.texts == ("Notice must be given in writing.", "The flat has a balcony to the south side.")


def test_short_chinese_sentences_are_whole_ones():
    [task] = sentence_tasks([result("标题\n\n退租要提前六十天书面通知。")], ["zh"])
    assert task.texts == ("退租要提前六十天书面通知。",)


def test_a_passage_of_nothing_but_headings_keeps_them():
    [task] = sentence_tasks([result("Contents")], ["en"])
    assert task.texts == ("Contents",)


def test_results_found_by_words_need_none():
    assert sentence_tasks([result(PASSAGE, Why.WORDS)], ["en"]) == []


def test_the_best_is_the_nearest_to_the_query():
    [task] = sentence_tasks([result(PASSAGE)], ["en"])
    [(path, span)] = task.best(np.array([0.0, 1.0]), np.array([[1.0, 0.0], [0.6, 0.8]]))
    assert (path, PASSAGE[span.start : span.end]) == ("/lease.txt", task.texts[1])


def test_a_passage_as_long_as_a_document_is_told_by_neighbouring_sentences_together():
    passage = " ".join(f"This is sentence number {number} of a long document." for number in range(1000))
    [task] = sentence_tasks([result(passage)], ["en"])
    assert len(task.texts) == 40
    assert " ".join(task.texts) == passage
