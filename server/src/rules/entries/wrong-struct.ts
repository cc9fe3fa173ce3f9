import type { BufferSpec } from '../../catalog/model.ts';
import { catalogSpec, catalogType } from '../../types/catalogTypes.ts';
import type { CType } from '../../types/ctype.ts';
import { parseTypeName, resolveType, sizeOf, typeText } from '../../types/layout.ts';
import { minimumSize } from '../../types/requirements.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, bytes, sides, sizeofText, targetsWhere, tooSmallFails, typeWithArticle } from '../wording.ts';

export default {
	id: 'wrong-struct',
	title: 'The buffer is another structure than the control code uses',
	severity: 'warning',
	severityReason:
		'The intent is plainly different, but a buffer that is large enough does not make the call fail; an error where it is too small as well.',
	description:
		'The size is a true `sizeof` and the object is really that large: it is just the wrong structure for this code, so that the system takes foreign fields for its own. Reported for structures of the Windows headers whose size differs from the expected one; structures that begin with or hold the expected one, plain byte buffers and types of equal size are left alone.',
	precedence: 35,
	accepted: [
		`
void f(SOCKET s)
{
	struct { struct tcp_keepalive vals; int other; } both = { { 1, 10000, 1000 }, 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &both, sizeof(both), NULL, 0, &bytes, NULL, NULL);
}`,
	],
	rejected: [
		`
void f(SOCKET s)
{
	SOCKADDR_IN vals = { 0 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &vals, sizeof(vals), NULL, 0, &bytes, NULL, NULL);
	//                                     ^^^^^^^^^^^^ wrong-struct
}`,
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const { side, buffer, spec, code } of sides(call)) {
			if (!buffer.size || (spec.use !== 'required' && spec.use !== 'optional')) continue;
			const given = buffer.pointer.object?.type ?? buffer.size.sizeofType;
			const written = buffer.size.sizeofType;
			const measured = written && (resolveType(written, catalogType) ?? written);
			const minimum = minimumSize(spec);
			if (!given || !measured || !minimum || given.kind !== 'record' || !catalogSpec(given.name)) continue;
			// Both the object and the size speak of the same foreign structure.
			if (measured.kind !== 'record' || measured.name !== given.name) continue;
			if (isExpected(given, spec)) continue;
			const size = sizeOf(given, catalogType);
			if (!size || context.targets.some((t) => size[t] === minimum[t])) continue;
			const short = targetsWhere(buffer.length, context.targets, (n, t) => n < minimum[t]);
			const names = argumentNames(context, side);
			const write = sizeofText(spec, call);
			reports.push({
				span: buffer.size,
				severity:
					short.length > 0 && spec.confidence !== 'soft' && spec.confidence !== 'conflict' ? 'error' : 'warning',
				message: `\`${code.name}\` ${side === 'input' ? 'reads' : 'writes'} ${typeWithArticle(spec)} (${bytes(minimum.x64)}), but \`${names.pointer}\` is a \`${typeText(given)}\` (${bytes(size.x64)}). ${
					short.length > 0
						? `${tooSmallFails(call, code, side, context)}.`
						: side === 'input'
							? 'The system takes its fields for others.'
							: 'Its fields do not hold what is written.'
				} Use ${typeWithArticle(spec)}${write ? ` and \`${write}\`` : ''}.`,
			});
		}
		return reports;
	},
} satisfies Rule;

/** The structure is, begins with, or holds at its start one that the code takes; scalars and byte arrays always are. */
function isExpected(given: CType, spec: BufferSpec): boolean {
	const wanted = [spec.type, ...(spec.accepts ?? [])].flatMap((name) => {
		const type = name && resolveType(parseTypeName(name), catalogType);
		return type ? [type] : [];
	});
	// What is expected as a number or an enumeration has no fields that could be taken for others.
	if (wanted.length === 0 || wanted.some((w) => w.kind !== 'record')) return true;
	const names = new Set(wanted.map((w) => (w.kind === 'record' ? w.name : '')));
	const holds = (type: CType | undefined, depth: number): boolean => {
		if (!type || depth > 6) return false;
		const resolved = resolveType(type, catalogType);
		if (!resolved) return true;
		if (resolved.kind === 'array') return holds(resolved.of, depth + 1);
		if (resolved.kind !== 'record') return false;
		if (names.has(resolved.name)) return true;
		return resolved.union
			? resolved.fields.some((f) => holds(f.type, depth + 1))
			: holds(resolved.fields[0]?.type, depth + 1);
	};
	if (holds(given, 0)) return true;
	// Socket addresses stand for one another: which family is meant shows only at run time.
	return [...names].some((n) => /^SOCKADDR/i.test(n)) && given.kind === 'record' && /^sockaddr/i.test(given.name);
}
