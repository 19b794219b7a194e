import threading

from bge_desktop.worker.queue import JobQueue, Priority


def drain(queue, count):
    for _ in range(count):
        queue.take()()


def test_answers_come_before_commands_and_indexing():
    queue, ran = JobQueue(), []
    for priority in reversed(Priority):
        queue.put(priority, lambda own=priority: ran.append(own))
    drain(queue, len(Priority))
    assert ran == list(Priority)


def test_jobs_of_one_priority_run_in_their_order():
    queue, ran = JobQueue(), []
    for number in range(20):
        queue.put(Priority.INDEX, lambda own=number: ran.append(own))
    drain(queue, 20)
    assert ran == list(range(20))


def test_a_job_for_later_waits_while_others_run():
    queue, ran = JobQueue(), []
    queue.put_later(0.05, Priority.QUERY, lambda: ran.append("later"))
    queue.put(Priority.INDEX, lambda: ran.append("now"))
    drain(queue, 2)
    assert ran == ["now", "later"]


def test_a_waiting_thread_wakes_when_the_queue_is_closed():
    queue, taken = JobQueue(), []
    thread = threading.Thread(target=lambda: taken.append(queue.take()))
    thread.start()
    queue.close()
    thread.join(5)
    assert taken == [None]
