"""Drives Python's stomp.py: reads one JSON command a line, does it, answers with one line. Bodies travel in base64."""

import base64
import json
import queue
import sys

import stomp

WAIT = 30
messages = queue.Queue()
receipts = queue.Queue()


class Listener(stomp.ConnectionListener):
    def on_message(self, frame):
        messages.put(frame)

    def on_receipt(self, frame):
        receipts.put(frame.headers["receipt-id"])

    def on_error(self, frame):
        print(frame.headers.get("message"), file=sys.stderr)


class Driver:
    def connect(self, host, port, login, passcode, heartBeat):
        beats = (heartBeat, heartBeat)
        self.connection = stomp.Connection12([(host, port)], heartbeats=beats, auto_decode=False)
        self.connection.set_listener("", Listener())
        self.connection.connect(login, passcode, wait=True)

    def subscribe(self, id, destination, ack):
        self.connection.subscribe(destination, id, ack, headers={"receipt": "in-" + id})
        self._receipt("in-" + id)

    def send(self, destination, body, transaction=None):
        headers = {"transaction": transaction} if transaction else {}
        self.connection.send(destination, base64.b64decode(body), headers={**headers, "receipt": "sent"})
        self._receipt("sent")

    def receive(self):
        self.last = messages.get(timeout=WAIT)
        body = self.last.body
        return {"body": base64.b64encode(body if isinstance(body, bytes) else body.encode()).decode()}

    def ack(self, transaction=None):
        self.connection.ack(self.last.headers["ack"], transaction, receipt="acked")
        self._receipt("acked")

    def begin(self, transaction):
        self.connection.begin(transaction)

    def commit(self, transaction):
        self.connection.commit(transaction, headers={"receipt": "committed"})
        self._receipt("committed")

    def abort(self, transaction):
        self.connection.abort(transaction, headers={"receipt": "aborted"})
        self._receipt("aborted")

    def disconnect(self):
        self.connection.disconnect(receipt="bye")
        self._receipt("bye")

    def _receipt(self, wanted):
        assert receipts.get(timeout=WAIT) == wanted


driver = Driver()
for line in sys.stdin:
    command, arguments = json.loads(line)
    print(json.dumps(getattr(driver, command)(**arguments) or {}), flush=True)
