# fcgi.pl hold SOCKET COUNT SECONDS [METHOD] | silent SOCKET COUNT SECONDS | forged
#
# hold: opens COUNT connections, sends one request with FCGI_KEEP_CONN on each, reads the answers, prints "held N" (those
#       answered), rests for SECONDS, then uses every connection once more and prints "again N". In the place of SECONDS may
#       stand the name of a file: then it rests until there is one, for a minute at most.
# part SOCKET TURNS: two kept connections for POST which lie with one worker are used at once, TURNS times at most. Prints "apart"
#       as soon as two workers answer, else "together"; "strangers" when no worker holds two.
# silent: opens COUNT connections that never say anything, prints "silent N" and rests.
# forged: prints the bytes of a whole request for QUERY_STRING "pid", as a body that wants to become a request holds them.
# ask SOCKET QUERY TIMES: QUERY once and then nothing in particular, each on a connection of its own; "answered N".
# pids SOCKET COUNT: COUNT kept connections, a request on each; then asks who answers on each, and prints "pids N".
# say SOCKET QUERY SECONDS: what is answered to QUERY, all of it, if it comes within the seconds.
# raw SOCKET: sends those bytes as they are and prints "answered" or "not answered".
use strict;
use warnings;
use IO::Socket::UNIX;
use IO::Select;
$| = 1;
$SIG{PIPE} = 'IGNORE';

sub record { my ($type, $content) = @_; return pack('CCnnCC', 1, $type, 1, length $content, 0, 0) . $content; }

sub request {
    my (%param) = @_;
    my $pairs = join '', map { pack('CC', length $_, length $param{$_}) . $_ . $param{$_} } sort keys %param;
    return record(1, pack('nCx5', 1, 1)) . record(4, $pairs) . record(4, '') . record(5, '');
}

# True when a whole answer came within the seconds; its bytes are in $whole.
my $whole;
sub answer {
    my ($s, $seconds) = @_;
    my ($in, $end) = ('', time + $seconds);
    my $select = IO::Select->new($s);
    while (time <= $end) {
        next unless $select->can_read(0.2);
        return 0 unless sysread $s, $in, 65536, length $in;
        my $at = 0;
        while (length($in) - $at >= 8) {
            my ($type, $length, $padding) = (unpack 'CCnnCC', substr $in, $at, 8)[1, 3, 4];
            last if length($in) - $at < 8 + $length + $padding;
            $whole = $in;
            return 1 if $type == 3;
            $at += 8 + $length + $padding;
        }
    }
    return 0;
}

# Who answers on this connection, when both are asked at once.
sub who { my $s = shift; return answer($s, 5) && $whole =~ /\r\n\r\n(\d+)\n/ ? $1 : die "no answer\n"; }

sub part {
    my ($path, $turns) = @_;
    my $pid = request(QUERY_STRING => 'pid', REQUEST_METHOD => 'POST');
    my $slow = request(QUERY_STRING => 'pid=5', REQUEST_METHOD => 'POST');
    my @s = map { IO::Socket::UNIX->new(Peer => $path) or die "$path: $!\n" } 1 .. 6;
    my %held;
    for (@s) { syswrite $_, $pid; who($_); } # and now each has its worker
    for (@s) { syswrite $_, $pid; push @{$held{who($_)}}, $_; }
    my ($pair) = sort { @$b <=> @$a } values %held; # of the worker that has most: one with fewer keeps its own
    return "strangers" if @$pair < 2;
    for (1 .. $turns) {
        syswrite $_, $slow for @$pair[0, 1];
        my @who = map { who($_) } @$pair[0, 1];
        return "apart" if $who[0] != $who[1];
    }
    return "together";
}

my ($what, $path, $count, $seconds, $method) = @ARGV;
if ($what eq 'forged') {
    binmode STDOUT;
    print request(QUERY_STRING => 'pid', REQUEST_METHOD => 'GET');
} elsif ($what eq 'raw') {
    my $s = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!\n";
    syswrite $s, request(QUERY_STRING => 'pid', REQUEST_METHOD => 'GET');
    print answer($s, 3) ? "answered\n" : "not answered\n";
} elsif ($what eq 'part') {
    print part($path, $count) . "\n";
} elsif ($what eq 'say') {
    my $s = IO::Socket::UNIX->new(Peer => $path) or die "$path: $!\n";
    syswrite $s, request(QUERY_STRING => $count, REQUEST_METHOD => 'GET');
    print $whole if answer($s, $seconds);
} elsif ($what eq 'ask') {
    my ($query, $times) = ($count, $seconds);
    my $answered = 0;
    for my $i (1 .. $times) {
        my $s = IO::Socket::UNIX->new(Peer => $path) or next;
        $answered++ if syswrite($s, request(QUERY_STRING => $i == 1 ? $query : '')) && answer($s, 3);
    }
    print "answered $answered\n";
} else {
    my @s = map { IO::Socket::UNIX->new(Peer => $path) or die "$path: $!\n" } 1 .. $count;
    if ($what eq 'pids') {
        my %seen;
        for my $query ('', 'pid') {
            for (@s) { syswrite $_, request(QUERY_STRING => $query); $seen{$1} = 1 if answer($_, 3) && $whole =~ /\r\n\r\n(\d+)\n/; }
            sleep 1;
        }
        print "pids " . keys(%seen) . "\n";
    } elsif ($what eq 'silent') {
        print "silent $count\n";
        sleep $seconds;
    } else {
        my @request = (QUERY_STRING => '', REQUEST_METHOD => $method // 'GET');
        my $held = grep { syswrite $_, request(@request); answer($_, 3) } @s;
        print "held $held\n";
        if ($seconds =~ /^\d+$/) { sleep $seconds } else { for (1 .. 600) { last if -e $seconds; select undef, undef, undef, 0.1 } }
        my $again = grep { syswrite($_, request(@request)) && answer($_, 3) } @s;
        print "again $again\n";
    }
}
