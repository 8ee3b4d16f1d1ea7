# Drives Perl's Net::Stomp: reads one JSON command a line, does it, answers with one line. Bodies travel in base64.
use strict;
use warnings;
use JSON::PP;
use MIME::Base64;
use Net::Stomp;

my $WAIT = 30;
my ($stomp, $last, $subscription, @waiting);

my %commands = (
    connect => sub {
        my ($with) = @_;
        $stomp = Net::Stomp->new({ hostname => $with->{host}, port => $with->{port}, timeout => $WAIT });
        my $answer = $stomp->connect({
            'login' => $with->{login}, 'passcode' => $with->{passcode},
            'accept-version' => '1.1', 'host' => $with->{host},
        });
        die 'No CONNECTED' unless $answer && $answer->command eq 'CONNECTED';
    },
    subscribe => sub {
        my ($with) = @_;
        $subscription = $with->{id};
        $stomp->subscribe({ %$with, receipt => 'in' });
        receipt('in');
    },
    send => sub {
        my ($with) = @_;
        my $body = decode_base64(delete $with->{body});
        my $sent = $stomp->send_with_receipt({ %$with, body => $body, bytes_message => 1 });
        die 'No receipt' unless $sent;
    },
    receive => sub {
        $last = shift @waiting || $stomp->receive_frame or die 'No message';
        return { body => encode_base64($last->body, '') };
    },
    ack => sub {
        my ($with) = @_;
        $stomp->ack({ %$with, frame => $last, subscription => $subscription, receipt => 'acked' });
        receipt('acked');
    },
    begin => sub { frame('BEGIN', @_) },
    commit => sub { frame('COMMIT', @_) },
    abort => sub { frame('ABORT', @_) },
    disconnect => sub { $stomp->disconnect },
);

# Net::Stomp has no call for a transaction's own frames apart from one that sends a single message.
sub frame {
    my ($command, $with) = @_;
    $stomp->send_frame(Net::Stomp::Frame->new({ command => $command, headers => { %$with, receipt => $command } }));
    receipt($command);
}

# What is received while a receipt is waited for has to be kept by whoever calls.
sub receipt {
    my ($wanted) = @_;
    while (my $frame = $stomp->receive_frame) {
        return if $frame->command eq 'RECEIPT' && $frame->headers->{'receipt-id'} eq $wanted;
        die $frame->as_string unless $frame->command eq 'MESSAGE';
        push @waiting, $frame;
    }
    die "No receipt $wanted";
}

$| = 1;
while (my $line = <STDIN>) {
    my ($command, $arguments) = @{ decode_json($line) };
    my $answer = $commands{$command}->($arguments);
    print encode_json(ref $answer eq 'HASH' ? $answer : {}), "\n";
}
