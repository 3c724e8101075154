# lint.pl ROOT [RULE...]: holds the source tree below ROOT against the rules of the house; prints `rule<TAB>file:line: what`
# for each finding and exits 1 when there is one. Without RULE all rules run. Perl's core alone, which every Debian has.
#
# ROOT/tests/lint/allow lists what may stay: `rule<TAB>file<TAB>reason`. An entry that excuses nothing is itself a finding.
use strict;
use warnings;
use File::Find;

my ($root, @rules) = @ARGV;
chdir $root or die "lint.pl: $root: $!\n";

# ---- what may use what ----------------------------------------------------------------------------------------------
# A layer may include itself, base, the generated headers, and these.
my %below = (
    base => [], gen => [], db => [], svc => [], web => [], app => ['db'],
    pages => [qw(web app db)], api => [qw(web app db)], prog => [qw(pages api web app db svc)],
);
# What pages and API share stands in pages: the request's context, the sentences about tickets, the throttled lookup, the
# receipt of files, the list of published demands, one's own data, the inner part of what the staff read and do.
my $shared = qr{^pages/(join|say|lookup|receive|published|me_export|staff_(act|calendar|desk|rules|urgent|visits|wall|wording|work))\.h$};
# Which generated header belongs to which layers; gen itself sees none.
my %generated = (
    'sql.h' => [qw(app prog)], 'msg.h' => [qw(web app pages api prog)], 'tmpl.h' => [qw(web pages api prog)],
    'assets.h' => [qw(web pages prog)],
);
# A foreign header and the files that may include it.
my @gates = (
    [qr{^(mysql|mysqld_error|errmsg|ma_pvio|mariadb_\w+)\.h$}, qr{^cgi/db/}, 'cgi/db'],
    [qr{^(fcgiapp|fcgi_config|fastcgi|fcgi_stdio|fcgios|fcgimisc)\.h$}, qr{^cgi/svc/}, 'cgi/svc'],
    [qr{^(json-c/.*|json(_\w+)?)\.h$}, qr{^cgi/web/json\.c$}, 'cgi/web/json.c'],
    [qr{^jwt\.h$}, qr{^cgi/app/token\.c$}, 'cgi/app/token.c'],
    [qr{^sodium(/.*)?\.h$}, qr{^cgi/(app/crypto|base/hash|base/random)\.c$}, 'cgi/app/crypto.c, base/hash.c, base/random.c'],
    [qr{^cmark-gfm.*\.h$}, qr{^cgi/app/markdown\.c$}, 'cgi/app/markdown.c'],
    [qr{^qrencode\.h$}, qr{^cgi/app/qr\.c$}, 'cgi/app/qr.c'],
    [qr{^utf8proc\.h$}, qr{^cgi/app/normalise\.c$}, 'cgi/app/normalise.c'],
    [qr{^ini\.h$}, qr{^cgi/svc/config\.c$}, 'cgi/svc/config.c'],
    [qr{^curl/}, qr{^cgi/prog/job_\w+\.c$}, 'cgi/prog/job_*.c'],
    [qr{^vips/}, qr{^cgi/prog/job_\w+\.c$}, 'cgi/prog/job_*.c'],
);
my $libc = qr{^(assert|ctype|dirent|endian|errno|fcntl|fnmatch|ftw|getopt|glob|grp|inttypes|langinfo|libgen|limits|locale|math|netdb|
    poll|pthread|pwd|regex|sched|search|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|
    stdnoreturn|string|strings|syslog|termios|time|unistd|wchar|wctype|arpa/inet|net/if|netinet/in|netinet/tcp|
    sys/[a-z]+|linux/(audit|close_range|filter|fs|landlock|openat2|prctl|seccomp|sched|random)|sanitizer/[a-z_]+)\.h$}x;

# ---- reading --------------------------------------------------------------------------------------------------------
my (@findings, %allow, %used);
sub finding { # rule file line what
    my ($rule, $file, $line, $what) = @_;
    if (exists $allow{"$rule\t$file"}) { $used{"$rule\t$file"} = 1; return; }
    push @findings, "$rule\t$file:$line: $what";
}

sub slurp { my ($f) = @_; open my $h, '<:raw', $f or die "lint.pl: $f: $!\n"; local $/; my $t = <$h>; return defined $t ? $t : ''; }

my @files;
find({ no_chdir => 1, wanted => sub {
    my $f = $File::Find::name;
    $f =~ s{^\./}{};
    if (-d $f) { $File::Find::prune = 1 if $f =~ m{(^|/)(\.git|node_modules|build[^/]*|var[^/]*)$}; return; }
    push @files, $f if -f $f && !-l $f;
} }, '.');
@files = sort @files;
my @c = grep { m{^(cgi|tests)/.*\.[ch]$} } @files;

sub layer_of { my ($f) = @_; return $f =~ m{^cgi/([a-z]+)/} ? $1 : ''; }

# Calls back with (line, kind, text) for every string literal and comment of a C file.
sub c_tokens {
    my ($text, $call) = @_;
    my $line = 1;
    while ($text =~ m{\G(?: (/\*.*?\*/|//[^\n]*) | ("(?:[^"\\\n]|\\.)*") | ('(?:[^'\\\n]|\\.)*') | (.) )}gsx) {
        my ($comment, $string, $char, $other) = ($1, $2, $3, $4);
        if (defined $comment) { $call->($line, 'comment', $comment); }
        elsif (defined $string) { $call->($line, 'string', substr $string, 1, -1); }
        my $all = $comment // $string // $char // $other;
        $line += ($all =~ tr/\n//);
    }
}

# ---- rules ----------------------------------------------------------------------------------------------------------
my %rule;

$rule{layers} = sub {
    for my $f (grep { m{^cgi/} } @c) {
        my $layer = layer_of($f);
        if (!exists $below{$layer}) { finding('layers', $f, 1, "$layer is not a layer"); next; }
        my %may = map { $_ => 1 } $layer, 'base', @{ $below{$layer} };
        my $n = 0;
        for (split /\n/, slurp($f)) {
            $n++;
            next unless /^\s*#\s*include\s*"([^"]+)"/;
            my $inc = $1;
            my ($dir, $base) = $inc =~ m{^([a-z]+)/(.+)$} ? ($1, $2) : ('', $inc);
            $dir = '' if $dir eq 'gen' && $layer ne 'gen'; # generated headers are named with or without gen/
            if ($dir eq '') {
                if (exists $generated{$base}) {
                    finding('layers', $f, $n, "$layer may not include the generated $base") unless grep { $_ eq $layer } @{ $generated{$base} };
                } elsif ($base !~ /^tmpl_/ && !-e "cgi/$layer/$base") { finding('layers', $f, $n, "include \"$inc\" by its layer"); }
                next;
            }
            finding('layers', $f, $n, "$layer may not include $inc") unless $may{$dir} || ($layer eq 'api' && $inc =~ $shared);
        }
    }
};

$rule{gates} = sub {
    for my $f (grep { m{^cgi/} } @c) {
        my $n = 0;
        LINE: for (split /\n/, slurp($f)) {
            $n++;
            next unless /^\s*#\s*include\s*<([^>]+)>/;
            my $inc = $1;
            for my $g (@gates) {
                next unless $inc =~ $g->[0];
                finding('gates', $f, $n, "<$inc> belongs to $g->[2]") unless $f =~ $g->[1];
                next LINE;
            }
            finding('gates', $f, $n, "<$inc> is no header of libc and has no gate") unless $inc =~ $libc;
        }
    }
};

sub each_string { # files rule check
    my ($files, $call) = @_;
    for my $f (@$files) { c_tokens(slurp($f), sub { my ($n, $kind, $t) = @_; $call->($f, $n, $t) if $kind eq 'string'; }); }
}
my @inner = grep { m{^cgi/.*\.[ch]$} && !m{^cgi/gen/} } @c;

$rule{'sql-in-c'} = sub {
    each_string(\@inner, sub {
        my ($f, $n, $t) = @_;
        finding('sql-in-c', $f, $n, "SQL belongs to sql/: \"" . substr($t, 0, 60) . '"')
            if $t =~ /^\s*(SELECT\s|INSERT\s+(IGNORE\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO|CREATE\s+(TABLE|INDEX|USER|DATABASE|VIEW)|ALTER\s+TABLE|DROP\s+|TRUNCATE\s|GRANT\s|REVOKE\s)/;
    });
};

my $html = qr{<(?:!doctype|/?(?:a|b|i|p|br|hr|div|span|strong|em|mark|ul|ol|li|dl|dt|dd|table|tr|td|th|thead|tbody|caption|form|input|
    button|label|select|option|textarea|h[1-6]|html|head|body|main|section|article|nav|header|footer|img|script|style|link|meta|
    title|svg|g|rect|circle|line|polyline|tspan)(?:[\s>/]|$))}xi;
$rule{'html-in-c'} = sub {
    each_string(\@inner, sub {
        my ($f, $n, $t) = @_;
        finding('html-in-c', $f, $n, "HTML belongs to templates/: \"" . substr($t, 0, 60) . '"')
            if $t =~ $html;
    });
};

$rule{'words-in-c'} = sub {
    each_string(\@inner, sub {
        my ($f, $n, $t) = @_;
        finding('words-in-c', $f, $n, 'words for people belong to templates/messages: "' . substr($t, 0, 60) . '"') if $t =~ /[\xe3-\xe9][\x80-\xbf][\x80-\xbf]/;
    });
};

sub pieces { my $re = join '', @_; return qr{$re}; }
$rule{banned} = sub {
    # Written in pieces, so that this file does not find itself.
    my $body = 'a word about how the text came to be';
    my @banned = (
        [pieces('/wo', 'rk/(main|shared)|/tm', 'p/w/|\.\./sha', 'red\b'), "a path of somebody's machine"],
        [pieces('(?i)\b(clau', 'de|anthro', 'pic|chat', 'gpt|open', 'ai|co', 'pilot)\b'), $body],
        [pieces('(?i)\b(a|an|the|this|my|our|ai|coding)\s+(ag', 'ents?|assis', 'tants?|hel', 'per session)\b'), $body],
        [pieces('(?i)\biss', 'ue\s+(#\s*)?[0-9AB]\b'), 'the number of an issue'],
        [pieces('"resol', 'ved"\s*:\s*"http|\bregis', 'try\.(npm|yarn)'), 'the host of a registry'],
        [pieces('\b(TO', 'DO|FIX', 'ME|XX', 'X(?=[ :])|HA', 'CK)\b'), 'unfinished work'],
    );
    for my $f (@files) {
        next if $f =~ m{^tests/lint/} || $f =~ m{\.(png|jpe?g|webp|gif|ico|mp4|m4a|mp3|woff2?|gz|br|zip|bin|pdf|csv|tsv|md5)$} || $f =~ m{^(sql/seed|tests/fuzz/corpus)/};
        my $n = 0;
        for (split /\n/, slurp($f)) {
            $n++;
            for my $b (@banned) { finding('banned', $f, $n, "$b->[1]: " . substr($_, 0, 80)) if $_ =~ $b->[0]; }
        }
    }
};

$rule{sizes} = sub {
    for my $f (grep { !m{^tests/gen/} } @c) { # there lies what generators make
        my @l = split /\n/, slurp($f);
        # Tests are tables of cases, read from top to bottom: they may be longer.
        my ($lines, $body) = $f =~ m{^tests/} ? (800, 100) : (600, 60);
        finding('sizes', $f, 1, scalar(@l) . " lines; at most $lines") if @l > $lines;
        my ($start, $head) = (0, '');
        for my $i (0 .. $#l) {
            if (!$start && $l[$i] =~ /^\{/ && $i && $l[$i - 1] =~ /\)\s*$/) { $start = $i + 1; $head = $l[$i - 1]; }
            elsif (!$start && $l[$i] =~ /^[A-Za-z_].*\)\s*\{\s*$/ && $l[$i] !~ /=/) { $start = $i + 1; $head = $l[$i]; }
            elsif ($start && $l[$i] =~ /^\}/) {
                my $len = $i + 2 - $start;
                finding('sizes', $f, $start, "a function of $len lines; at most $body: $head") if $len > $body;
                $start = 0;
            }
        }
    }
};

$rule{opening} = sub {
    for my $f (@c) { finding('opening', $f, 1, 'must open with a comment that says what it is for') unless slurp($f) =~ m{\A/\*.{20,}?\*/}s; }
    for my $f (grep { m{^(scripts|tests|\.ci|nginx)/} } @files) {
        my $t = substr(slurp($f), 0, 400);
        next unless $t =~ /\A#!.*\n/;
        finding('opening', $f, 1, 'must open with a comment that says what it is for') unless $t =~ /\A#!.*\n\s*(#|\/\*|\/\/) *\S.{10}/;
    }
};

$rule{shell} = sub {
    for my $f (grep { m{^(scripts|tests|\.ci)/} } @files) {
        next unless slurp($f) =~ m{\A#!/bin/(ba)?sh\b|\A#!/usr/bin/env bash};
        my $out = `bash -n '$f' 2>&1`;
        finding('shell', $f, 1, $out =~ /(.*)/ ? $1 : 'does not parse') if $? != 0;
        finding('shell', $f, 1, 'is not executable') unless -x $f;
    }
};

# ---- all together ---------------------------------------------------------------------------------------------------
if (-e 'tests/lint/allow') {
    for (split /\n/, slurp('tests/lint/allow')) {
        next if /^\s*(#|$)/;
        my ($r, $f, $why) = split /\t+/;
        if (!defined $why || length $why < 10) { push @findings, "allow\ttests/lint/allow:1: no reason given: $_"; next; }
        $allow{"$r\t$f"} = $why;
    }
}
my $all = !@rules;
@rules = sort keys %rule if $all;
for my $r (@rules) { ($rule{$r} or die "lint.pl: no rule $r\n")->(); }
for (sort keys %allow) {
    my ($r, $f) = split /\t/;
    push @findings, "$r\ttests/lint/allow:1: nothing to excuse: $r in $f" if !$used{$_} && grep { $_ eq $r } @rules;
}
print "$_\n" for @findings;
exit(@findings ? 1 : 0);
