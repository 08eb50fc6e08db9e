<?php
// composer require bitrix24/b24phpsdk
// A page of the app, opened in the portal: the token comes with the request.
// B24_CLIENT_ID and B24_CLIENT_SECRET hold the keys of the app at «address»
declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Bitrix24\SDK\Core\Credentials\ApplicationProfile;
use Bitrix24\SDK\Services\ServiceBuilderFactory;
use Symfony\Component\HttpFoundation\Request;

try {
    $app = ApplicationProfile::initFromArray([
        'BITRIX24_PHP_SDK_APPLICATION_CLIENT_ID' => (string) getenv('B24_CLIENT_ID'),
        'BITRIX24_PHP_SDK_APPLICATION_CLIENT_SECRET' => (string) getenv('B24_CLIENT_SECRET'),
        'BITRIX24_PHP_SDK_APPLICATION_SCOPE' => 'im',
    ]);
    $b24 = ServiceBuilderFactory::createServiceBuilderFromPlacementRequest(Request::createFromGlobals(), $app);
    $chat = $b24->core->call('im.chat.get', [
        'ENTITY_TYPE' => «type»,
        'ENTITY_ID' => «id»,
    ])->getResponseData()->getResult();
} catch (Throwable $error) {
    error_log('refused: ' . $error->getMessage());
    exit(3);
}

// The SDK makes a list of what is no list: null comes as [null].
if (isset($chat['ID'])) {
    echo $chat['ID'], PHP_EOL;
} else {
    error_log('no chat: there is none, or the pair is built wrongly');
}
