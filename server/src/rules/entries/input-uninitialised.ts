import * as l10n from '@vscode/l10n';
import type { IoctlCall } from '../../calls/model.ts';
import { sizeOfNamed } from '../../types/layout.ts';
import { memberName, type ReadInput, readInput, rowsOf } from '../inputs.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';

interface Unwritten extends Fact {
	readonly code: string;
	/** What was never written: `ka.keepalivetime`, or the object itself. */
	readonly parts: readonly string[];
	/** The member that decides whether the parts are read at all, where its value is not known. */
	readonly unless?: string;
	/** It stands in memory that was allocated. */
	readonly isMemory?: true;
}

export default {
	id: 'input-uninitialised',
	title: 'The code reads what nothing has written',
	severity: 'error',
	severityReason:
		'The system is told whatever stood in that memory before; a warning where another member, whose value is not known, can make it ignore the part.',
	description:
		'A local variable that is made without a value, and memory that is allocated, hold what stood there before. The rule follows every use of the variable up to the call, and names a member of a structure when the others were set. It is silent as soon as anybody else may have written it: when its address was given away, by a macro, in a loop, through a reference.',
	withoutFix: 'Which value is meant only the author knows.',
	stage: 'need',
	accepted: [
		`
void f(SOCKET s, int time)
{
	struct tcp_keepalive vals;
	DWORD bytes;
	u_long mode;
	vals.onoff = 1;
	vals.keepaliveinterval = 1000;
	if (time > 0)
		vals.keepalivetime = time;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	choose_mode(&mode);
	ioctlsocket(s, FIONBIO, &mode);
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive off;
	DWORD bytes;
	off.onoff = 0;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &off, sizeof(off), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	u_long mode;
	ioctlsocket(s, FIONBIO, &mode);
	//                      ^^^^^ input-uninitialised
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive vals;
	DWORD bytes;
	vals.onoff = 1;
	vals.keepaliveinterval = 1000;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                              ^^^^^ input-uninitialised
}`,
		`
void f(SOCKET s)
{
	struct tcp_keepalive *vals = malloc(sizeof(*vals));
	DWORD bytes;
	if (!vals) return;
	vals->onoff = 1;
	vals->keepaliveinterval = 1000;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, sizeof(*vals), NULL, 0, &bytes, NULL, NULL);
	//                              ^^^^ input-uninitialised
	free(vals);
}`,
	],
	check(call, context) {
		const read = readInput(call, context);
		const unwritten = read?.pointer.object?.unwritten ?? [];
		if (!read || unwritten.length === 0 || read.code.input.use !== 'required') return [];
		const { pointer } = read;
		if (unwritten.includes('')) return [{ ...foundAt(read), parts: [memberName(pointer, '')] }];
		return unwrittenMembers(call, read, unwritten, context);
	},
	message({ code, parts, unless, isMemory }, { wording }) {
		const names = listed(parts.map((part) => `\`${part}\``));
		const condition = unless === undefined ? '' : l10n.t(', unless `{0}` is 0', unless);
		const given =
			isMemory || wording.closedBuffers
				? l10n.t('the system is given whatever the memory held before')
				: l10n.t('the system is given whatever the stack held there');
		return parts.length === 1
			? l10n.t('{0} was never given a value, and `{1}` reads it{2}: {3}. Set it before.', names, code, condition, given)
			: l10n.t(
					'{0} were never given a value, and `{1}` reads them{2}: {3}. Set them before.',
					names,
					code,
					condition,
					given,
				);
	},
} satisfies Rule<Unwritten>;

const foundAt = ({ code, pointer }: ReadInput): Pick<Unwritten, 'span' | 'code' | 'isMemory'> => ({
	span: pointer,
	code: code.name,
	...(pointer.object?.throughPointer ? { isMemory: true } : {}),
});

/** Members of the structure that the code reads, or elements in their places, as far as the size given reaches. */
function unwrittenMembers(
	call: IoctlCall,
	read: ReadInput,
	unwritten: readonly string[],
	context: RuleContext,
): readonly Unwritten[] {
	const { code, pointer } = read;
	if (code.input.variable !== undefined || !code.input.type || !coversWhole(call, code.input.type, context)) return [];
	const rows = rowsOf(read, context);
	const initial = new Map(pointer.object?.initial?.map(({ path, value }) => [rows.get(path)?.path ?? path, value]));
	const members = unwritten.flatMap((at) => {
		const row = rows.get(at);
		return row && !row.unread ? [{ ...row, at }] : [];
	});
	const needed = members.filter(({ switchedBy }) => switchedBy === undefined || initial.get(switchedBy) !== 0);
	const [first] = needed;
	if (!first) return [];
	const found = foundAt(read);
	const named = (some: typeof members) => some.map(({ at }) => memberName(pointer, at));
	const certain = needed.filter(({ switchedBy }) => switchedBy === undefined || initial.get(switchedBy) !== undefined);
	if (certain.length > 0 || first.switchedBy === undefined) return [{ ...found, parts: named(certain) }];
	const unless = memberName(pointer, first.switchedBy);
	return [{ ...found, severity: 'warning', parts: named(needed), unless }];
}

function coversWhole(call: IoctlCall, type: string, { catalog, targets }: RuleContext): boolean {
	const size = sizeOfNamed(type, catalog.lookup);
	const length = call.input?.length;
	if (!size || length?.kind !== 'known') return length?.kind === 'symbolic';
	return length.values.every((value) => targets.every((target) => value[target] >= size[target]));
}
