/** Any Debian image holds perl, so that there is nothing to build; this one is the base of slopegate's own images. */
export const SIDECAR_IMAGE = 'debian:bookworm-slim';

/**
 * What runs in the sidecar (`perl -e PROGRAM CONTAINER`): for every line that it reads it writes one, a JSON object
 * with
 * `fds` and `sockets` (null where they cannot be read or are not due) and `processes` as `[pid, command, parent, start
 * time]`.
 *
 * It takes the processes whose cgroup names the container: those of `docker exec` with it, but neither itself nor
 * another
 * container that shares the pid namespace. Sockets are counted as rarely as by the reader of this host's own files.
 * When its
 * input ends, so does it: a harness that was killed leaves no sidecar behind.
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
