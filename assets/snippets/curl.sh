# «where»
reply=$(curl --silent --show-error \
    --header 'Content-Type: application/json' --header 'Accept: application/json' \
    --data-binary «body» \
    «url»)

case $reply in
    '') ;;
    '{"result":{"ID":'*) printf '%s\n' "$reply" | sed -n 's/^{"result":{"ID":"\{0,1\}\([0-9]*\).*/\1/p' ;;
    '{"result":null'*) echo 'no chat: there is none, or the pair is built wrongly' >&2 ;;
    *) printf 'refused: %s\n' "$reply" >&2 ;;
esac
