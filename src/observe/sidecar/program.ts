/** Every Debian image has perl, so nothing needs to be built. slopegate's own images are built from this one. */
export const SIDECAR_IMAGE = 'debian:bookworm-slim';

/**
 * The program in the sidecar (`perl -e PROGRAM CONTAINER`). For every line that it reads it writes one: a JSON object
 * with `fds` and `sockets` (null if they cannot be read or are not due) and `processes` as `[pid, command, parent,
 * start time]`. It takes the processes whose cgroup names the container, including those of `docker exec`, but neither
 * itself nor another container in the same pid namespace. Sockets are counted as rarely as in the reader of this host's
 * own files. The program ends with its input, so a killed run leaves no sidecar.
 */
export const PROGRAM = String.raw`
use strict;
use warnings;
my ($container) = @ARGV;
my ($reading, $next_sockets) = (0, 1);
$| = 1;

sub text { open my $file, '<', $_[0] or return ''; local $/; <$file> // '' }
sub entries { opendir my $folder, $_[0] or return; grep { !/^\./ } readdir $folder }

while (<STDIN>) {
    $reading += 1;
    my ($fds, $sockets, @folders, @processes);
    for my $pid (grep { /^\d+$/ } entries('/proc')) {
        next if index(text("/proc/$pid/cgroup"), $container) < 0;
        my ($command, $rest) = text("/proc/$pid/stat") =~ /\((.*)\) (.*)/s or next;
        my ($parent, $start) = (split ' ', $rest)[1, 19];
        $command =~ s/([^ !#-\[\]-~])/sprintf '\\u%04x', ord $1/ge;
        push @processes, qq([$pid,"$command",$parent,$start]);
        my $folder = "/proc/$pid/fd";
        push @folders, $folder;
        # Its size is the number of descriptors since Linux 6.2.
        my $count = (stat $folder)[7] || entries($folder);
        $fds = ($fds // 0) + $count if defined $count;
    }
    if (defined $fds && $reading >= $next_sockets) {
        $next_sockets = $reading + int(($fds + 199) / 200);
        my @links = grep { defined } map { my $folder = $_; map { readlink "$folder/$_" } entries($folder) } @folders;
        $sockets = grep { /^socket:/ } @links if @links || $fds == 0;
    }
    printf qq({"fds":%s,"sockets":%s,"processes":[%s]}\n), $fds // 'null', $sockets // 'null', join ',', @processes;
}
`;
