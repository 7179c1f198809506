# Reads, writes and connects to everything within a container's reach, and prints what it read.
# Arguments: host:port, each to be connected to; the host `gateway` stands for the default route.
use strict;
use warnings;
use File::Find;
use Fcntl;
use IO::Socket::INET;
use IO::Socket::UNIX;

sub slurp {
  my ($path) = @_;
  sysopen(my $file, $path, O_RDONLY | O_NONBLOCK) or return '';
  sysread($file, my $text, 65536);
  return $text // '';
}

sub talk {
  my ($socket) = @_;
  return unless $socket;
  print $socket "GET /containers/sg-canary-prod/json HTTP/1.0\r\n\r\n";
  local $SIG{ALRM} = sub { die };
  eval { alarm 2; local $/; print scalar(<$socket>) // ''; };
  alarm 0;
}

my %places = ('/dev/shm' => 1, '/tmp' => 1);
for (split /\n/, slurp('/proc/self/mountinfo')) {
  my $at = (split ' ')[4];
  $places{$at} = 1 unless $at eq '/' or $at =~ m{^/(?:proc|sys|dev(?!/shm))(?:/|$)};
}
find({ no_chdir => 1, wanted => sub {
  my @stat = lstat $_ or return;
  if (-S _) { talk(IO::Socket::UNIX->new(Peer => $_)) }
  elsif (-d _) { if (open my $file, '>', "$_/touched") { print $file "by an arm\n" } }
  elsif (-f _ or -p _) {
    print slurp($_);
    if (sysopen(my $file, $_, O_WRONLY | O_APPEND | O_NONBLOCK)) { syswrite $file, "by an arm\n" }
  }
} }, grep { -e } keys %places);

for my $process (glob '/proc/[0-9]*') {
  print slurp("$process/$_") for 'cmdline', 'environ', 'root/data/canary', 'root/dev/shm/canary';
}

my ($gateway) = map { join '.', reverse unpack('C4', pack('H8', (split ' ')[2])) }
  grep { (split ' ')[1] eq '00000000' } split /\n/, slurp('/proc/net/route');
for (@ARGV) {
  my ($host, $port) = split /:/;
  $host = $gateway // next if $host eq 'gateway';
  talk(IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 1));
}
print "probed\n";
