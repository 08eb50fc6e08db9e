// npm install @bitrix24/b24jssdk, and save this as a module: chat.mjs
// «where»
import { B24OAuth, Text } from '@bitrix24/b24jssdk'

// What the portal gave the app when it was installed; with it the SDK replaces a token that has ended.
const { B24_REFRESH_TOKEN, B24_CLIENT_ID, B24_CLIENT_SECRET, B24_MEMBER_ID, B24_APPLICATION_TOKEN } = process.env
const $b24 = new B24OAuth(
  {
    applicationToken: B24_APPLICATION_TOKEN ?? '',
    userId: 0,
    memberId: B24_MEMBER_ID ?? '',
    accessToken: «token»,
    refreshToken: B24_REFRESH_TOKEN ?? '',
    expires: Math.floor(Date.now() / 1000) + 3600,
    expiresIn: 3600,
    scope: 'im',
    domain: «host»,
    clientEndpoint: «root»,
    serverEndpoint: 'https://oauth.bitrix.info/rest/',
    status: 'L'
  },
  { clientId: B24_CLIENT_ID ?? '', clientSecret: B24_CLIENT_SECRET ?? '' }
)

try {
  const response = await $b24.actions.v2.call.make({
    method: 'im.chat.get',
    params: { ENTITY_TYPE: «type», ENTITY_ID: «id» },
    requestId: Text.getUuidRfc4122()
  })
  if (!response.isSuccess) {
    throw new Error(response.getErrorMessages().join('; '))
  }
  const chat = response.getData().result
  if (chat === null) {
    console.error('no chat: there is none, or the pair is built wrongly')
  } else {
    console.log(chat.ID)
  }
} catch (error) {
  console.error('refused:', error.message)
}
