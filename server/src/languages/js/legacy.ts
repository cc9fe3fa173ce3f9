/** The reading of a whole text as one part, until parts of it are read. */
import type { CallSite, Slot } from '../../calls/site.ts';
import { takes } from '../../catalog/api.ts';
import { apis } from '../../catalog/functions.generated.ts';
import type { SyntaxTree } from '../../syntax/trees.ts';
import { evaluateCode, evaluateSizes, pointerTo } from '../c/evaluate.ts';
import { type Expr, spelling, withoutCasts } from '../c/expression.ts';
import { initialValues } from '../c/initial.ts';
import type { LanguageEnv, Part, RawArgument, SourceFile } from '../language.ts';
import { findBindings, findCalls } from './calls.ts';
import { JsFile } from './source.ts';

const WAITS = /GetOverlappedResult|Wait|GetQueuedCompletionStatus|SleepEx|CancelIo|\bco_await\b|\bwait/;
const PREPARES = /\b(?:memset|(?:Rtl|Secure)?ZeroMemory|bzero|sizeof)\s*\([^;]*?\)/g;

const handsOn = (functionText: string, overlapped: Expr | undefined): boolean => {
	const target = overlapped && spelling(overlapped);
	if (!target?.startsWith('&')) return false;
	const given = new RegExp(`&\\s*${target.slice(1).replace(/[^\w]/g, '\\$&')}(?!\\w|\\s*[.[])`, 'g');
	return [...functionText.replace(PREPARES, '').matchAll(given)].length > 1;
};

export class LegacyFile implements SourceFile {
	text: string;
	parts: readonly Part[] = [];
	#env: LanguageEnv;
	#tree: SyntaxTree | undefined;
	#file: JsFile | undefined;

	constructor(text: string, env: LanguageEnv) {
		this.text = text;
		this.#env = env;
		this.#open();
	}

	update(text: string, env: LanguageEnv): void {
		if (text === this.text && env.included === this.#env.included) return;
		this.free();
		this.text = text;
		this.#env = env;
		this.#open();
	}

	free(): void {
		this.#tree?.free();
		this.#tree = undefined;
		this.#file = undefined;
	}

	get file(): JsFile {
		if (!this.#file) {
			this.#tree = this.#env.parse(this.text);
			const included: JsFile[] = [];
			this.#file = new JsFile(this.#tree.root, this.text, included);
			for (const { as, file } of this.#env.included) included.push((file as LegacyFile).file.named(as));
		}
		return this.#file;
	}

	#open(): void {
		const { functions } = this.#env;
		const named = (name: string) =>
			Object.hasOwn(functions, name) ? functions[name] : apis.find((api) => api.matches(name))?.id;
		this.parts = [
			{
				start: 0,
				end: this.text.length,
				sites: () =>
					findCalls(this.file, named)
						.flatMap((raw): CallSite[] => {
							const api = apis.find((a) => a.id === raw.name && takes(a, raw.args.length));
							if (!api) return [];
							const text = raw.functionText ?? '';
							const { overlapped } = api.roles;
							const match = /[A-Za-z_$][\w$]*(?=\W*$)/.exec(raw.callee.text);
							const calleeSpan = match
								? { start: raw.callee.start + match.index, end: raw.callee.start + match.index + match[0].length }
								: { start: raw.callee.start, end: raw.callee.end };
							return [
								{
									start: raw.start,
									end: raw.end,
									api: api.id,
									callee: raw.callee.text,
									calleeSpan,
									args: raw.args.map((a) => slotOf(a, this.text)),
									...(raw.enclosing === undefined ? {} : { enclosing: raw.enclosing }),
									resultUsed: raw.resultUsed,
									waits:
										WAITS.test(text) ||
										handsOn(text, overlapped === undefined ? undefined : raw.args[overlapped]?.expr),
									expects: [...new Set(text.match(/\b(?:WSAE|ERROR_|STATUS_)[A-Z_]+\b/g) ?? [])],
								},
							];
						})
						.sort((a, b) => a.start - b.start),
				bindings: () => findBindings(this.file),
			},
		];
	}
}

function slotOf(argument: RawArgument, text: string): Slot {
	const { expr, scope } = argument;
	const place = { start: argument.at?.start ?? expr.start, end: argument.at?.end ?? expr.end, text: argument.text };
	return {
		...place,
		code: () => {
			const values = evaluateCode(expr, scope) ?? [];
			const name = expr.kind === 'name' ? expr.name : undefined;
			const isOwn = name !== undefined && scope.constant(name) !== undefined;
			return { ...place, values, ...(name ? { name } : {}), ...(isOwn ? { ownName: true } : {}) };
		},
		pointer: () => {
			const { nullness, object, address } = pointerTo(expr, scope, (e) => text.slice(e.start, e.end));
			return { ...place, nullness, ...(object ? { object } : {}), ...(address === undefined ? {} : { address }) };
		},
		initial: () => initialValues(expr, scope),
		size: () => {
			const values = evaluateSizes(expr, scope);
			return {
				...place,
				value: values ? { kind: 'known', values } : { kind: 'unknown' },
				...(expr.kind === 'value' && expr.measured ? { sizeofType: expr.measured } : {}),
				...(expr.kind === 'value' && expr.elements ? { elements: expr.elements } : {}),
				...(expr.kind === 'number' || expr.kind === 'null' ? { literal: true } : {}),
			};
		},
		origin: () => undefined,
		guid: () => {
			const inner = withoutCasts(expr);
			return inner.kind === 'name' && /^WSAID_\w+$/.test(inner.name) ? inner.name : undefined;
		},
		word: () => {
			const inner = withoutCasts(expr);
			return inner.kind === 'name' ? inner.name : inner.kind === 'number' ? Number(inner.value) : undefined;
		},
	};
}
