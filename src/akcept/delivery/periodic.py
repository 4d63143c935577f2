"""Slots of the clock: a unique row each, so that of many workers one does a periodic duty once."""

from __future__ import annotations

from datetime import datetime, timedelta

from akcept.delivery.models import Heartbeat, PeriodicSlot

KEPT = timedelta(days=7)
# A worker that is alive says so every ten seconds.
SILENT = timedelta(minutes=2)


def take(*, name: str, slot: str, at: datetime, lease: timedelta) -> bool:
    """Take a slot; False when it is done or somebody else is at it. A lease that ran out is taken over."""
    free_slot = PeriodicSlot(name=name, slot=slot, lease_until=at)
    PeriodicSlot.objects.bulk_create([free_slot], ignore_conflicts=True)
    free = PeriodicSlot.objects.filter(name=name, slot=slot, done_at=None, lease_until__lte=at)
    return free.update(lease_until=at + lease) == 1


def done(*, name: str, slot: str, at: datetime) -> None:
    """Close a slot, and forget those of long ago."""
    PeriodicSlot.objects.filter(name=name, slot=slot).update(done_at=at)
    PeriodicSlot.objects.filter(name=name, done_at__lt=at - KEPT).delete()


def release(*, name: str, slot: str, at: datetime) -> None:
    """Give a slot back after a failure, to be taken again from that moment on."""
    PeriodicSlot.objects.filter(name=name, slot=slot, done_at=None).update(lease_until=at)


def beat(*, worker: str, at: datetime) -> None:
    """Say that a worker is alive, and forget those long silent."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": at})
    Heartbeat.objects.filter(at__lt=at - KEPT).delete()
