// npm install @bitrix24/b24jssdk, and save this as a module: chat.mjs
// «where»
import { B24Hook, Text } from '@bitrix24/b24jssdk'

const $b24 = B24Hook.fromWebhookUrl(«webhook»)

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
