# An HTTP server that does a fixed amount of work for each request. On demand it does what the report should find:
#   DRIFT_STEPS  steps of work that each answered request adds to all later ones
#   LOG_BYTES    bytes that it logs for each request
#   FILE_BYTES   bytes that it appends to a file for each request
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

my ($drift, $log, $file) = map { $ENV{$_} || 0 } qw(DRIFT_STEPS LOG_BYTES FILE_BYTES);
my $steps = 10_000;
$| = 1;
$SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalPort => 8080, Listen => 256, ReuseAddr => 1) or die $@;
my $ready = IO::Select->new($server);
open my $kept, '>>', '/var/tmp/kept' or die $!;
my %head;

while (my @sockets = $ready->can_read) {
    for my $socket (@sockets) {
        if ($socket == $server) {
            my $client = $server->accept or next;
            setsockopt $client, IPPROTO_TCP, TCP_NODELAY, 1;
            $ready->add($client);
            next;
        }
        if (!sysread $socket, $head{$socket}, 4096, length($head{$socket} // '')) {
            $ready->remove($socket);
            delete $head{$socket};
            close $socket;
            next;
        }
        while ($head{$socket} =~ s/\A.*?\r\n\r\n//s) {
            my $sum = 0;
            $sum += $_ for 1 .. $steps;
            $steps += $drift;
            print 'x' x ($log - 1), "\n" if $log;
            syswrite $kept, 'x' x $file if $file;
            syswrite $socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n";
        }
    }
}
