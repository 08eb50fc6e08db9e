<?php
// crest.php and settings.php of CRest stand beside this file. CRest reads its secret from settings.php:
// «settings»
declare(strict_types=1);

require_once __DIR__ . '/crest.php';

$reply = CRest::call('im.chat.get', [
    'ENTITY_TYPE' => «type»,
    'ENTITY_ID' => «id»,
]);

if (!is_array($reply) || isset($reply['error'])) {
    error_log('refused: ' . ($reply['error_description'] ?? $reply['error'] ?? 'no answer'));
} elseif (isset($reply['result']['ID'])) {
    echo $reply['result']['ID'], PHP_EOL;
} else {
    error_log('no chat: there is none, or the pair is built wrongly');
}
