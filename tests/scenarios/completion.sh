#!/bin/sh
# Completion in bash, zsh and fish, each asked as its user would.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

for shell in bash zsh fish; do
    scribelint completion $shell >"$TEMP/script.$shell"
done
expect_status 2 scribelint completion
expect_status 2 scribelint completion csh
expect_error_contains 'bash'

repo_init repo
mkdir -p _posts lint
: >'_posts/a b.md'
commit_all first
git branch topic
# Git allows such a name, and none of it may be run.
# shellcheck disable=SC2016
git branch '$(touch${IFS}PWNED)'

# --- bash ---------------------------------------------------------------------------------------

# offer WORD...: what bash offers for the last word, the lines joined; "=" is a word as in COMP_WORDS.
offer() {
    # shellcheck disable=SC2016 # the inner bash expands it
    bash -c '
        source "$1"
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _scribelint
        printf "%s\n" "${COMPREPLY[@]}"' bash "$TEMP/script.bash" scribelint "$@" 2>"$ERRORS" |
        tr '\n' ' ' | sed 's/ $//'
    cat "$ERRORS"
}

if command -v bash >/dev/null; then
    expect_equal 'bash: commands' 'check completion' "$(offer c | sed 's/ config / /')"
    expect_equal 'bash: all commands' \
        "$(scribelint --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { printf "%s%s", s, $1; s = " " }')" \
        "$(offer '')"
    expect_equal 'bash: options' \
        "$(scribelint check --help | sed -n 's/^  \(-[^ ]*\).*/\1/p' | tr '\n' ' ' | sed 's/ $//')" \
        "$(offer check -)"
    expect_equal 'bash: options before the command' '-C --version --help' "$(offer -)"
    expect_equal 'bash: after -C DIR' 'explain' "$(offer -C lint ex)"
    expect_equal 'bash: choices' 'text github json lines sarif rdjsonl markdown' "$(offer check --format '')"
    expect_equal 'bash: some choices' 'always' "$(offer check --color al)"
    expect_equal 'bash: choices behind =' 'github' "$(offer check --format = g)"
    expect_equal 'bash: all choices behind =' 'introduced all' "$(offer check --show =)"
    expect_equal 'bash: after another option' 'error warning notice never' \
        "$(offer check --staged --fail-on '')"
    # shellcheck disable=SC2016
    expect_equal 'bash: revisions, quoted' 'HEAD \$\(touch\$\{IFS\}PWNED\) main topic' \
        "$(offer check --base '')"
    expect_equal 'bash: a revision' topic "$(offer check --base HEAD --head to)"
    expect_equal 'bash: nothing was run' no "$([ -e PWNED ] && echo yes || echo no)"
    expect_equal 'bash: rules' 'image-missing' "$(offer explain image-miss)"
    expect_equal 'bash: all rules' "$(scribelint rules | wc -l | tr -d ' ')" \
        "$(offer explain '' | wc -w | tr -d ' ')"
    expect_equal 'bash: shells' 'bash zsh fish' "$(offer completion '')"
    expect_equal 'bash: files' '_posts/a b.md' "$(offer check _posts/)"
    expect_equal 'bash: folders' 'lint' "$(offer check --rules l)"
    expect_equal 'bash: free text' '' "$(offer check --max '')"
    expect_equal 'bash: no operand' '' "$(offer manual '')"
else
    skip 'bash is not here'
fi
if command -v shellcheck >/dev/null; then
    expect_status 0 shellcheck "$TEMP/script.bash"
else
    skip 'shellcheck is not here'
fi

# --- zsh ----------------------------------------------------------------------------------------

# ask_zsh LINE: what zsh offers at a terminal when Tab is pressed behind the command line, sorted.
# READY comes from its line editor: what is typed before that is there may be lost.
cat >"$TEMP/ask.zsh" <<'END'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1= PROMPT_EOL_MARK= TERM=dumb; stty -echo columns 200; autoload -Uz compinit
compinit -u -d $3; source $2; zstyle ':completion:*' verbose no
compadd() { local -a found; builtin compadd -O found \"\$@\"; print -rl -- OFFER:\$^found; builtin compadd \"\$@\" }
zle -C offer complete-word _main_complete; bindkey '^I' offer
zle-line-init() { print REA''DY; zle -D zle-line-init }; zle -N zle-line-init"
zpty -r -m shell line '*READY*'
zpty -w -n shell "$1"$'\t'
zpty -w -n shell $'\C-u print DO''NE\n'
zpty -r -m shell line '*DONE*'
print -r -- "$line"
END
ask_zsh() {
    zsh -f "$TEMP/ask.zsh" "$1" "$TEMP/script.zsh" "$TEMP/zcompdump" | tr '\r' '\n' |
        sed -n 's/.*OFFER://p' | sort -u | tr '\n' ' ' | sed 's/ $//'
}

if command -v zsh >/dev/null; then
    expect_status 0 zsh -n "$TEMP/script.zsh"
    expect_equal 'zsh: a command' explain "$(ask_zsh 'scribelint exp')"
    expect_equal 'zsh: choices' 'github json lines markdown rdjsonl sarif text' "$(ask_zsh 'scribelint check --format ')"
    expect_equal 'zsh: choices behind =' 'always' "$(ask_zsh 'scribelint -C lint check --color=al')"
    expect_equal 'zsh: options' '--staged --stdin-filename' "$(ask_zsh 'scribelint check --st')"
    expect_equal 'zsh: a revision' topic "$(ask_zsh 'scribelint check --base to')"
    expect_equal 'zsh: a rule' image-missing "$(ask_zsh 'scribelint explain image-miss')"
    expect_equal 'zsh: shells' 'bash fish zsh' "$(ask_zsh 'scribelint completion ')"
else
    skip 'zsh is not here'
fi

# --- fish ---------------------------------------------------------------------------------------

# ask_fish LINE: what fish offers for the command line, without the descriptions, sorted.
ask_fish() {
    fish --no-config -c "source $TEMP/script.fish; complete -C '$1'" 2>&1 | sed 's/	.*//' | sort |
        tr '\n' ' ' | sed 's/ $//'
}

if command -v fish >/dev/null; then
    expect_status 0 fish --no-execute "$TEMP/script.fish"
    expect_equal 'fish: a command' explain "$(ask_fish 'scribelint ex')"
    expect_equal 'fish: choices' 'github json lines markdown rdjsonl sarif text' "$(ask_fish 'scribelint check --format ')"
    expect_equal 'fish: choices behind =' '--color=always' "$(ask_fish 'scribelint check --color=al')"
    expect_equal 'fish: options' '--staged --stdin-filename' "$(ask_fish 'scribelint check --st')"
    expect_equal 'fish: a revision' topic "$(ask_fish 'scribelint check --base to')"
    expect_equal 'fish: a rule' image-missing "$(ask_fish 'scribelint explain image-miss')"
    expect_equal 'fish: files' '_posts/' "$(ask_fish 'scribelint check _p')"
    expect_equal 'fish: shells' 'bash fish zsh' "$(ask_fish 'scribelint completion ')"
else
    skip 'fish is not here'
fi

finish
