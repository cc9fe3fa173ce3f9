/** Keeps messages from the protocol's library that it would not survive. */
import { type Message, type MessageReader, Message as Messages } from 'vscode-languageserver';

/**
 * A reader without the cancellations that name no request: they mean nothing, and the library throws at them where
 * nobody can catch it.
 */
export const guardedReader = (reader: MessageReader): MessageReader => ({
	onError: reader.onError,
	onClose: reader.onClose,
	onPartialMessage: reader.onPartialMessage,
	listen: (callback) =>
		reader.listen((message) => {
			if (!isEmptyCancellation(message)) callback(message);
		}),
	dispose: () => reader.dispose(),
});

function isEmptyCancellation(message: Message): boolean {
	if (!Messages.isNotification(message) || message.method !== '$/cancelRequest') return false;
	const { params } = message;
	const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
	return typeof id !== 'string' && typeof id !== 'number';
}
