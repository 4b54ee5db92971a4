import { badRequest } from '../bot-api-error.ts';
import type { StoredFile } from '../file-store.ts';
import { readImageSize } from '../image-size.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { chatId, optionalText, text } from '../params.ts';
import { replyMarkup } from '../reply-markup.ts';
import { entitiesShape, parseMode, readCaption, replyShape, sendAsBot } from './outgoing.ts';

const sendingShape = {
  chat_id: chatId,
  caption: optionalText,
  parse_mode: parseMode,
  caption_entities: entitiesShape,
  reply_markup: replyMarkup,
  ...replyShape,
};

/** Telegram lets bots download files up to 20 MB. */
const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

export const fileMethods: BotMethod[] = [
  defineMethod('sendDocument', { ...sendingShape, document: optionalText }, (call, params) => {
    const file = takeFile(call, 'document', params.document);
    return sendAsBot(call, {
      chat_id: params.chat_id,
      content: {
        ...readCaption(params.caption, params.parse_mode, params.caption_entities),
        media: { kind: 'document', fileId: file.fileId, name: file.name },
      },
      reply_markup: params.reply_markup,
      reply: params,
    });
  }),

  defineMethod('sendPhoto', { ...sendingShape, photo: optionalText }, (call, params) => {
    const file = takeFile(call, 'photo', params.photo);
    if (!readImageSize(file.bytes)) throw badRequest('IMAGE_PROCESS_FAILED');
    return sendAsBot(call, {
      chat_id: params.chat_id,
      content: {
        ...readCaption(params.caption, params.parse_mode, params.caption_entities),
        media: { kind: 'photo', fileId: file.fileId },
      },
      reply_markup: params.reply_markup,
      reply: params,
    });
  }),

  defineMethod('getFile', { file_id: text('file_id is not specified') }, (call, params) => {
    const file = call.files.find(params.file_id);
    if (!file) throw badRequest('invalid file_id');
    if (file.bytes.length > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
    return {
      file_id: file.fileId,
      file_unique_id: file.uniqueId,
      file_size: file.bytes.length,
      file_path: file.path,
    };
  }),
];

/** The uploaded part a parameter names (`attach://part`, or the part of its own name), or a file sent before. */
function takeFile(call: BotCall, kind: 'photo' | 'document', reference: string | undefined): StoredFile {
  const part = reference === undefined ? kind : /^attach:\/\/(.+)$/.exec(reference)?.[1];
  if (part === undefined) {
    const known = call.files.find(reference ?? '');
    if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
    return known;
  }
  const upload = call.uploads.get(part);
  if (!upload) throw badRequest(`there is no ${kind} in the request`);
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  return call.files.put(kind, upload);
}
