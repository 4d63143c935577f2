"""What was said of acts that nobody has seen yet."""

from __future__ import annotations

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.test import RequestFactory

from akcept.web.messages import Newest


def test_of_many_acts_without_a_look_only_what_was_said_last_is_carried_along() -> None:
    request, response = RequestFactory().get("/"), HttpResponse()
    storage = Newest(request)
    for number in range(50):
        storage.add(SUCCESS, f"You approved Invoice {number}.")
    storage.update(response)
    request.COOKIES = {"messages": response.cookies["messages"].value}
    told = [message.message for message in Newest(request)]
    assert told == [f"You approved Invoice {number}." for number in (47, 48, 49)]
