import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { isEverywhere, minimumOf } from '../buffers.ts';
import { nearest } from '../near.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { bufferAndSize, passInstead } from '../wording.ts';

interface Foreign extends Fact {
	readonly guid: string;
	/** Where that is written, and the one name of a header that it resembles. */
	readonly at?: Fact['span'];
	readonly near?: string;
	/** The code that it belongs to, where a header defines it. */
	readonly known?: {
		readonly code: string;
		readonly gives: string;
		readonly given: string;
		readonly at: Fact['span'];
		/** What that code needs for its output, where what is given does not do. */
		readonly output?: string;
	};
}

export default {
	id: 'unknown-guid',
	title: 'The GUID does not belong to this control code',
	severity: 'hint',
	severityReason:
		'A provider may know GUIDs of its own; a warning for a function of `mswsock.h` under the code for tables, or the other way round.',
	description:
		'SIO_GET_EXTENSION_FUNCTION_POINTER gives one function, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER a table of them, and each GUID of `mswsock.h` belongs to one of the two. A `WSAID_…` name that no Windows header defines gets WSAEINVAL from the providers of Windows.',
	withoutFix:
		'Which function is meant by a name that resembles none only the author knows, and another code may want other buffers.',
	stage: 'code',
	accepted: [
		`
void f(SOCKET s)
{
	GUID id = WSAID_CONNECTEX;
	LPFN_CONNECTEX connect_ex;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &connect_ex, sizeof(connect_ex), &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	GUID id = WSAID_MULTIPLE_RIO;
	RIO_EXTENSION_FUNCTION_TABLE table;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &table, sizeof(table), &bytes, NULL, NULL);
	//                                              ^^^ unknown-guid
}`,
		`
void f(SOCKET s)
{
	GUID id = WSAID_CONNECTX;
	LPFN_CONNECTEX connect_ex;
	DWORD bytes;
	WSAIoctl(s, SIO_GET_EXTENSION_FUNCTION_POINTER, &id, sizeof(id), &connect_ex, sizeof(connect_ex), &bytes, NULL, NULL);
	//                                              ^^^ unknown-guid
}`,
	],
	check(call, context) {
		const { catalog } = context;
		const code = call.code.entry;
		const { guid, input } = call;
		if (!code || !guid || !input || !catalog.entries.guids.some((g) => g.code === code.name)) return [];
		const known = catalog.guid(guid);
		if (!known) {
			const near = nearest(
				guid,
				catalog.entries.guids.filter((g) => g.code === code.name).map(({ name }) => name),
			);
			const { guidAt: at } = call;
			return [{ span: input.pointer, guid, ...(near === undefined ? {} : { near }), ...(at ? { at } : {}) }];
		}
		if (known.code === code.name) return [];
		const of = { code: known.code, gives: known.gives, given: code.name, at: call.code };
		const output = outputFor(call, known.code, context);
		return [
			{ span: input.pointer, severity: 'warning', guid: known.name, known: { ...of, ...(output ? { output } : {}) } },
		];
	},
	message({ guid, known, near }) {
		if (known) {
			const { code, given, gives, output } = known;
			return [
				l10n.t('`{0}` belongs to `{1}`, not to `{2}`: it gives {3}.', guid, code, given, gives),
				l10n.t('The call is expected to fail with WSAEINVAL.'),
				output === undefined
					? l10n.t('Pass {0}.', `\`${code}\``)
					: l10n.t('Pass `{0}` and, for its output, {1}.', code, output),
			].join(' ');
		}
		return [
			l10n.t('No Windows header defines `{0}`.', guid),
			l10n.t('The providers of Windows answer a GUID that they do not know with WSAEINVAL.'),
			near === undefined ? l10n.t('Check the name.') : l10n.t('Did you mean `{0}`?', near),
		].join(' ');
	},
	fix({ known, near, at }) {
		if (near !== undefined && at) return { title: l10n.t('Write {0}', near), edits: [{ ...at, newText: near }] };
		return known && !known.output ? passInstead(known.at, known.code) : undefined;
	},
} satisfies Rule<Foreign>;

/** A table has no room where a function was asked for, and is more than there is to write for one. */
function outputFor({ output }: IoctlCall, name: string, context: RuleContext): string | undefined {
	const spec = context.catalog.code(name)?.code.output;
	const minimum = spec && minimumOf(spec, context);
	const fits = output && minimum && isEverywhere(output.length, context, (n, t) => n === minimum[t]);
	return spec && !fits ? bufferAndSize(spec, context) : undefined;
}
