"""What comes of the steps of leads that went to agencies, or came from one."""

from services.exchange.domain.dispatch.commands import NoteReceipt
from services.exchange.heard.leads import TransferAcknowledged
from services.exchange.words.inbound import dispatch_of
from shared.kernel.policy import policy


def note_the_receipt(fact: TransferAcknowledged) -> NoteReceipt:
    """What a clerk entered, for an agency that answered on paper, is its answer."""
    return NoteReceipt(
        dispatch_id=dispatch_of(fact.lead_id), area=fact.area, number=fact.receipt_no
    )


RECEIVING = (policy(note_the_receipt),)
