/** Every Debian image has perl, so nothing needs to be built. slopegate's own images are built from this one. */
export const HOST_IMAGE = 'debian:bookworm-slim';

/** One published port of production. What arrives there goes to a port of a service. */
export interface Forward {
  readonly protocol: 'tcp' | 'udp';
  /** The address on which it is published; empty for all addresses. */
  readonly address: string;
  readonly port: number;
  readonly service: string;
  readonly target: number;
}

/** The command of the container that is the arm's host. Without forwards it only keeps its network open. */
export function forwarderCommand(forwards: readonly Forward[]): string[] {
  const words = forwards.map((one) => [one.protocol, one.address, one.port, one.service, one.target].join(' '));
  return ['perl', '-e', PROGRAM, ...words];
}

/**
 * The program in the arm's host. Each argument is `PROTOCOL ADDRESS PORT SERVICE TARGET`. The program listens there,
 * and forwards what arrives to the service, which it looks up for each connection. One process serves all connections.
 * If one side reads slowly, the other side must wait: at most 256 KiB are kept for it.
 */
const PROGRAM = String.raw`
use strict;
use warnings;
use IO::Select;
use IO::Socket::IP;
use Socket qw(AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM);

$SIG{TERM} = $SIG{INT} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
my ($most, $idle) = (262144, 60);
my ($readers, $writers) = (IO::Select->new, IO::Select->new);
my (%listener, %peer, %pending, %ended, %datagrams, %session, %answers);

for (@ARGV) {
    my ($protocol, $address, $port, $service, $target) = split / /;
    for my $family ($address =~ /:/ ? () : AF_INET, $address =~ /\./ ? () : AF_INET6) {
        my $socket = IO::Socket::IP->new(
            LocalHost => $address, LocalPort => $port, Family => $family, V6Only => 1, Blocking => 0,
            $protocol eq 'tcp' ? (Type => SOCK_STREAM, Listen => 1024, ReuseAddr => 1) : (Type => SOCK_DGRAM),
        ) or next;
        ($protocol eq 'tcp' ? \%listener : \%datagrams)->{$socket} = [$service, $target];
        $readers->add($socket);
    }
}

sub towards { IO::Socket::IP->new(PeerHost => $_[0], PeerPort => $_[1], Type => $_[2], Blocking => 0) }

sub drop {
    my @both = grep { defined } $_[0], $peer{$_[0]};
    for my $socket (@both) {
        $readers->remove($socket);
        $writers->remove($socket);
        delete $_->{$socket} for \%peer, \%pending, \%ended;
        close $socket;
    }
}

sub take {
    my ($socket) = @_;
    my $client = $socket->accept or return;
    $client->blocking(0);
    my $server = towards(@{ $listener{$socket} }, SOCK_STREAM) or return close $client;
    ($peer{$client}, $peer{$server}) = ($server, $client);
    ($pending{$client}, $pending{$server}) = ('', '');
    $readers->add($client, $server);
}

sub receive {
    my ($socket) = @_;
    my $other = $peer{$socket} or return;
    my $count = sysread $socket, my $bytes, 65536;
    return if !defined $count && ($!{EAGAIN} || $!{EINTR});
    return drop($socket) if !defined $count;
    $readers->remove($socket) if $count == 0;
    $ended{$socket} = 1 if $count == 0;
    $pending{$other} .= $bytes;
    hand($other);
}

sub hand {
    my ($socket) = @_;
    my $other = $peer{$socket} or return;
    if ($pending{$socket} ne '') {
        my $count = syswrite $socket, $pending{$socket};
        return drop($socket) if !defined $count && !$!{EAGAIN} && !$!{EINTR} && !$!{ENOTCONN};
        substr $pending{$socket}, 0, $count // 0, '';
    }
    my $left = length $pending{$socket};
    $left ? $writers->add($socket) : $writers->remove($socket);
    if ($ended{$other}) {
        return if $left;
        return drop($socket) if $ended{$socket} && $pending{$other} eq '';
        shutdown $socket, 1;
    }
    else { $left > $most ? $readers->remove($other) : $readers->add($other) }
}

sub datagram {
    my ($socket) = @_;
    my $from = recv $socket, my $bytes, 65535, 0;
    return if !defined $from;
    my $known = $session{$socket, $from} //= do {
        my $server = towards(@{ $datagrams{$socket} }, SOCK_DGRAM) or return;
        $readers->add($server);
        $answers{$server} = [$server, $socket, $from, time, "$socket$;$from"];
    };
    $known->[3] = time;
    send $known->[0], $bytes, 0;
}

sub answer {
    my ($server, $socket, $from) = @{ $answers{$_[0]} };
    defined recv $server, my $bytes, 65535, 0 or return;
    $answers{$server}[3] = time;
    send $socket, $bytes, 0, $from;
}

sub expire {
    for my $one (grep { time - $_->[3] > $idle } values %answers) {
        $readers->remove($one->[0]);
        delete $session{ $one->[4] };
        delete $answers{ $one->[0] };
        close $one->[0];
    }
}

while (1) {
    my ($readable, $writable) = IO::Select->select($readers, $writers, undef, 10);
    for my $socket (@{ $writable // [] }) { hand($socket) }
    for my $socket (@{ $readable // [] }) {
        if ($listener{$socket}) { take($socket) }
        elsif ($datagrams{$socket}) { datagram($socket) }
        elsif ($answers{$socket}) { answer($socket) }
        else { receive($socket) }
    }
    expire();
}
`;
