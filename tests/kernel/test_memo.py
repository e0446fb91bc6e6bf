from bonphuong.kernel.memo import forget, remembered, remembering


def _counter():
    calls = []

    def read():
        calls.append(1)
        return len(calls)

    return read


def test_outside_of_a_request_nothing_is_kept():
    read = _counter()
    assert [remembered("a", read), remembered("a", read)] == [1, 2]


def test_in_a_request_each_thing_is_read_once_until_it_is_forgotten():
    read = _counter()
    with remembering():
        assert [remembered("a", read), remembered("a", read), remembered("b", read)] == [1, 1, 2]
        forget()
        assert remembered("a", read) == 3
    assert remembered("a", read) == 4
