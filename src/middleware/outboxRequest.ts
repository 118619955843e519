import type { OperationAcknowledged } from '../actions/outbox';
import type { RestClient } from '../api/rest';
import type { FileRef, Json, MessageFact } from '../protocol/models';
import type { Operation, SendOperation } from '../protocol/operations';
import type { Upload } from '../state/outboxState';

/** What a reply says, beside when it was asked for. @internal */
export type Told = Pick<OperationAcknowledged, 'message' | 'deleted' | 'read'>;

const nothingTold: Told = { message: null, deleted: null };

/** As the wire names the parts of a file. */
function fileToWire({ id, name, size, mime, url, thumbnailUrl }: FileRef): Json {
  const type = mime?.startsWith('image/') === true ? 'image' : 'file';
  return { id, name, size, url, type, mimetype: mime, thumbnail_url: thumbnailUrl };
}

function filesOf({ uploadIds }: SendOperation, uploads: readonly Upload[]): FileRef[] {
  return uploadIds.flatMap((id) => uploads.find(({ uploadId }) => uploadId === id)?.file ?? []);
}

/**
 * What goes along with a message: its nonce, and its files. The contract documents neither, but it takes an object and
 * gives it back.
 */
function metadataOf(send: SendOperation, files: readonly FileRef[]): Record<string, Json> {
  return {
    client_id: send.opId,
    ...(files.length === 0 ? {} : { files: files.map(fileToWire) }),
  };
}

async function perform(
  operation: Operation,
  uploads: readonly Upload[],
  rest: RestClient,
  headers: Readonly<Record<string, string>>,
): Promise<Told> {
  const { channelId } = operation;
  const placed = (row: MessageFact): MessageFact => ({ channelId, ...row });
  switch (operation.kind) {
    case 'send': {
      const { content, messageType, parentId } = operation;
      const row = await rest.send(
        {
          ...{ channelId, content, type: messageType },
          metadata: metadataOf(operation, filesOf(operation, uploads)),
          ...(parentId === null ? {} : { parentMessageId: parentId }),
        },
        headers,
      );
      return { ...nothingTold, message: placed(row) };
    }
    case 'edit':
      return {
        ...nothingTold,
        message: placed(await rest.edit(operation.target, operation.content)),
      };
    case 'delete':
      await rest.remove(operation.target);
      return { ...nothingTold, deleted: { channelId, messageId: operation.target } };
    case 'react': {
      const { target, emoji, on } = operation;
      await (on ? rest.react(target, emoji) : rest.unreact(target, emoji));
      return nothingTold;
    }
    case 'read':
      await rest.markRead(operation.messageIds);
      return {
        ...nothingTold,
        read: { channelId, upTo: operation.upTo, messageId: operation.target },
      };
  }
}

/**
 * Asks the server for what an operation wants. Rejects with a `HudhudError`.
 *
 * @internal
 * @param idempotencyHeader - Name of the header that carries the operation's id, or `null`.
 */
export function requestOf(
  operation: Operation,
  uploads: readonly Upload[],
  rest: RestClient,
  idempotencyHeader: string | null,
): Promise<Told> {
  const headers = idempotencyHeader === null ? {} : { [idempotencyHeader]: operation.opId };
  return perform(operation, uploads, rest, headers);
}

/** What an operation without an answer of its own left behind: it is so already. @internal */
export function alreadyTold(operation: Operation): Told {
  const { channelId } = operation;
  return operation.kind === 'delete'
    ? { ...nothingTold, deleted: { channelId, messageId: operation.target } }
    : nothingTold;
}
