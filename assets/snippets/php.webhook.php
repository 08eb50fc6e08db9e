<?php
// composer require bitrix24/b24phpsdk
// «where»
declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Bitrix24\SDK\Services\ServiceBuilderFactory;

try {
    $b24 = ServiceBuilderFactory::createServiceBuilderFromWebhook(«webhook»);
    $chat = $b24->core->call('im.chat.get', [
        'ENTITY_TYPE' => «type»,
        'ENTITY_ID' => «id»,
    ])->getResponseData()->getResult();
} catch (Throwable $error) {
    fwrite(STDERR, 'refused: ' . $error->getMessage() . PHP_EOL);
    exit(3);
}

// The SDK makes a list of what is no list: null comes as [null].
if (isset($chat['ID'])) {
    echo $chat['ID'], PHP_EOL;
} else {
    fwrite(STDERR, 'no chat: there is none, or the pair is built wrongly' . PHP_EOL);
}
