import * as l10n from '@vscode/l10n';
import { grouped, type InputValue, inputValues } from '../inputs.ts';
import type { Fact, Rule } from '../rule.ts';

interface ShortTime extends Fact {
	readonly member: string;
	readonly value: number;
	/** The place is that of the number, not of the argument. */
	readonly isWritten: boolean;
}

export default {
	id: 'input-time',
	title: 'A time in milliseconds looks as if it counted seconds',
	severity: 'hint',
	severityReason: 'So short a time is legal, and may be meant.',
	description:
		'The times of keep-alive are in milliseconds here, while TCP_KEEPIDLE, TCP_KEEPINTVL and other systems count seconds: 60 sends a probe every 60 ms. Not reported where another time of the same structure shows that milliseconds are meant, or where keep-alive is switched off.',
	withoutFix: 'A number that is written elsewhere has to be changed there.',
	stage: 'care',
	accepted: [
		`
void f(SOCKET s, DWORD seconds)
{
	struct tcp_keepalive vals = { 1, 60000, 500 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	vals.keepalivetime = seconds * 1000;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals = { 1, 60, 1000 };
	//                               ^^ input-time
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	check(call, context) {
		const values = inputValues(call, context);
		const isMilliseconds = values.some((value) => value.facts.unit === 'ms' && numberOf(value) >= PLAINLY);
		return values.flatMap((value): readonly ShortTime[] => {
			const number = numberOf(value);
			const { facts, name, span } = value;
			if (facts.unit !== 'ms' || facts.usualFrom === undefined || value.switch === 0) return [];
			if (number < 1 || number >= facts.usualFrom || (isMilliseconds && number >= FRACTION)) return [];
			return [{ span, member: name, value: number, isWritten: value.given.at !== undefined }];
		});
	},
	message({ member, value }) {
		const seconds = value === 1 ? l10n.t('1 second') : l10n.t('{0} seconds', value);
		return l10n.t(
			'`{0}` counts milliseconds: this is {1} ms. Did you mean {2} ({3})?',
			member,
			value,
			grouped(value * 1000),
			seconds,
		);
	},
	fix({ span: { start, end }, value, isWritten }) {
		if (!isWritten) return undefined;
		const newText = String(value * 1000);
		return { unfinished: true, title: l10n.t('Write {0}', newText), edits: [{ start, end, newText }] };
	},
} satisfies Rule<ShortTime>;

/** A time beside it from which on nobody counts seconds. */
const PLAINLY = 1000;
/** The smallest part of a second that people give beside such a time. */
const FRACTION = 100;

const numberOf = ({ given }: InputValue): number => (typeof given.value === 'number' ? given.value : -1);
