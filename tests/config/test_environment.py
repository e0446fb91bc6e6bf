import threading

from bonphuong.config import environment


def test_servers_that_start_together_sign_with_one_secret(tmp_path):
    path, found = tmp_path / "keys" / "secret.key", []
    together = threading.Barrier(8)

    def start():
        together.wait()
        found.append(environment.secret(path, "BONPHUONG_NO_SUCH_SECRET"))

    threads = [threading.Thread(target=start) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [path.read_text(encoding="ascii")] * 8
    assert len(found[0]) == 64
