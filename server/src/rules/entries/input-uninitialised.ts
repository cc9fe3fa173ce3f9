import type { IoctlCall } from '../../calls/model.ts';
import type { CType } from '../../types/ctype.ts';
import { type FieldInfo, fieldsOf, parseTypeName, resolveType, sizeOf } from '../../types/layout.ts';
import { type Code, exchangedBuffers, isZero } from '../buffers.ts';
import type { Fact, Rule, RuleContext } from '../rule.ts';

interface Unwritten extends Fact {
	readonly code: string;
	/** What was never written: `ka.keepalivetime`, or the object itself. */
	readonly parts: readonly string[];
	/** The member that decides whether the parts are read at all, where its value is not known. */
	readonly unless?: string;
}

export default {
	id: 'input-uninitialised',
	title: 'The code reads what nothing has written',
	severity: 'error',
	severityReason:
		'The system is told whatever stood in that memory before; a warning where another member, whose value is not known, can make it ignore the part.',
	description:
		'A local variable that is made without a value holds what the stack held there. The rule follows every use of the variable up to the call, and names a member of a structure when the others were set. It is silent as soon as anybody else may have written it: when its address was given away, by a macro, in a loop, through a reference.',
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
	],
	check(call, context) {
		const code = call.code.entry;
		const pointer = call.input?.pointer;
		const unwritten = pointer?.object?.unwritten ?? [];
		// A wrapper may write the object itself before it hands it on.
		if (!code || !pointer || unwritten.length === 0 || call.through || !isRead(call, code, context)) return [];
		const { text = '' } = pointer.object ?? {};
		if (unwritten.includes('')) return [{ span: pointer, code: code.name, parts: [text] }];
		return unwrittenMembers(call, code, unwritten, context);
	},
	message({ code, parts, unless }, { wording }) {
		const names = listed(parts.map((part) => `\`${part}\``));
		const were = parts.length === 1 ? 'was' : 'were';
		const them = parts.length === 1 ? 'it' : 'them';
		const condition = unless === undefined ? '' : `, unless \`${unless}\` is 0`;
		const memory = wording.closedBuffers ? 'the memory held before' : 'the stack held there';
		return `${names} ${were} never given a value, and \`${code}\` reads ${them}${condition}: the system is given whatever ${memory}. Set ${them} before.`;
	},
} satisfies Rule<Unwritten>;

/** `a`, `b` and `c`. */
const listed = (names: readonly string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** The code surely looks at its input. */
const isRead = (call: IoctlCall, code: Code, context: RuleContext): boolean =>
	code.input.use === 'required' &&
	call.input !== undefined &&
	!isZero(call.input.length) &&
	exchangedBuffers(call, context) === undefined;

/** Members of the structure that the code reads, as far as the size given reaches. */
function unwrittenMembers(
	call: IoctlCall,
	code: Code,
	unwritten: readonly string[],
	context: RuleContext,
): readonly Unwritten[] {
	const pointer = call.input?.pointer;
	const { object } = pointer ?? {};
	const { type } = code.input;
	if (!pointer || !object || type === undefined || code.input.variable !== undefined) return [];
	const { lookup } = context.catalog;
	const asked = resolveType(parseTypeName(type), lookup);
	if (asked?.kind !== 'record' || !isOf(object.type, asked, context)) return [];
	if (!coversWhole(call, asked, context)) return [];
	const initial = new Map(object.initial?.map(({ path, value }) => [path, value]));
	const isWhole = ({ path }: FieldInfo): boolean => unwritten.includes(path);
	const members = (fieldsOf(asked, lookup) ?? []).filter((member) => isWhole(member) && !member.unread);
	const read = members.filter(({ switchedBy }) => switchedBy === undefined || initial.get(switchedBy) !== 0);
	if (read.length === 0) return [];
	const name = (path: string): string => (object.type ? `${object.text}.${path}` : path);
	const certain = read.filter(({ switchedBy }) => switchedBy === undefined || initial.has(switchedBy));
	const [first] = read;
	const found = { span: pointer, code: code.name };
	if (certain.length > 0 || first?.switchedBy === undefined)
		return [{ ...found, parts: certain.map(({ path }) => name(path)) }];
	return [{ ...found, severity: 'warning', parts: read.map(({ path }) => name(path)), unless: name(first.switchedBy) }];
}

/** The object is of the type that the code reads; memory without a type is read as that. */
const isOf = (
	type: CType | undefined,
	asked: CType & { readonly kind: 'record' },
	{ catalog }: RuleContext,
): boolean => {
	const own = type && resolveType(type, catalog.lookup);
	return own === undefined || (own.kind === 'record' && catalog.type(own.name)?.name === asked.name);
};

function coversWhole(call: IoctlCall, type: CType, { catalog, targets }: RuleContext): boolean {
	const size = sizeOf(type, catalog.lookup);
	const length = call.input?.length;
	if (!size || length?.kind !== 'known') return length?.kind === 'symbolic';
	return length.values.every((value) => targets.every((target) => value[target] >= size[target]));
}
