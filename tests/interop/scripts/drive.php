<?php
// Drives PHP's stomp extension: reads one JSON command a line, does it, answers with one line. Bodies travel in base64.
// Given a receipt header, each of its calls waits for the RECEIPT by itself, and returns whether it came.

const WAIT = 30;

final class Driver
{
    private Stomp $stomp;
    private StompFrame $last;

    public function connect(string $host, int $port, string $login, string $passcode): void
    {
        $this->stomp = new Stomp("tcp://$host:$port", $login, $passcode);
        $this->stomp->setReadTimeout(WAIT);
    }

    public function subscribe(string $id, string $destination, string $ack): void
    {
        $this->must($this->stomp->subscribe($destination, ['id' => $id, 'ack' => $ack, 'receipt' => 'in']));
    }

    public function send(string $destination, string $body, ?string $transaction = null): void
    {
        $headers = ['receipt' => 'sent'] + ($transaction === null ? [] : ['transaction' => $transaction]);
        $this->must($this->stomp->send($destination, base64_decode($body), $headers));
    }

    public function receive(): array
    {
        $frame = $this->stomp->readFrame();
        $this->must($frame !== false);
        $this->last = $frame;
        return ['body' => base64_encode($frame->body)];
    }

    public function ack(?string $transaction = null): void
    {
        $headers = ['receipt' => 'acked'] + ($transaction === null ? [] : ['transaction' => $transaction]);
        $this->must($this->stomp->ack($this->last, $headers));
    }

    public function begin(string $transaction): void
    {
        $this->must($this->stomp->begin($transaction, ['receipt' => 'begun']));
    }

    public function commit(string $transaction): void
    {
        $this->must($this->stomp->commit($transaction, ['receipt' => 'committed']));
    }

    public function abort(string $transaction): void
    {
        $this->must($this->stomp->abort($transaction, ['receipt' => 'aborted']));
    }

    public function disconnect(): void
    {
        unset($this->stomp);
    }

    private function must(bool $done): void
    {
        if (!$done) {
            throw new RuntimeException($this->stomp->error() ?: 'No answer');
        }
    }
}

$driver = new Driver();
while (($line = fgets(STDIN)) !== false) {
    [$command, $arguments] = json_decode($line, true);
    unset($arguments['heartBeat']);
    echo json_encode((object) $driver->$command(...$arguments)), "\n";
}
