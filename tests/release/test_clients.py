"""The release in the hands of those who open it: every client reads the amounts, and the table in the docs is true."""

from pathlib import Path

import clients
import pytest

RUNS = [(client, form) for client in clients.EVERY for form in client.reads]


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    return clients.made(tmp_path_factory.mktemp("clients") / "release")


@pytest.fixture(scope="module")
def told(release):
    """What a client told of a format: each is run once."""
    known = {}

    def of(client: clients.Client, form: str) -> dict[str, object]:
        if client.absent:
            pytest.skip(client.absent)
        if (client.name, form) not in known:
            known[client.name, form] = client.run(form, release)
        return known[client.name, form]

    return of


@pytest.mark.parametrize(("client", "form"), RUNS, ids=[f"{client.name}: {form}" for client, form in RUNS])
def test_a_client_reads_every_row_and_the_right_amounts(client, form, told):
    found = told(client, form)
    assert 2 == found["rows"]
    assert found["sum"] in ("0.30", "text")


def test_the_descriptor_is_what_the_official_profile_says(release):
    client = clients.Client("the official profile", "clients:dp", {"package": clients.PROFILE})
    if client.absent:
        pytest.skip(client.absent)
    assert [] == client.run("package", release)


def test_the_table_of_clients_is_true(told, root):
    results = {client.name: {form: told(client, form) for form in client.reads} for client in clients.EVERY}
    assert (root / ".github" / "CLIENTS.md").read_text(encoding="utf-8") == clients.table(results)
