import type { Expr } from '../expression.ts';
import type { Definition, Scope } from '../model.ts';

/** Names that stand for the arguments of a macro's use. */
export class Substituted implements Scope {
	readonly catalog: Scope['catalog'];
	readonly #outer: Scope;
	readonly #values: ReadonlyMap<string, Definition>;

	constructor(outer: Scope, parameters: readonly string[], args: readonly Expr[], from: Scope) {
		this.catalog = outer.catalog;
		this.#outer = outer;
		this.#values = new Map(parameters.map((p, i) => [p, { expr: args[i]!, scope: from }]));
	}

	get cpp() {
		return this.#outer.cpp === true;
	}

	variable(name: string) {
		return this.#values.has(name) ? undefined : this.#outer.variable(name);
	}

	constant(name: string) {
		const value = this.#values.get(name);
		return value ? [value] : this.#outer.constant(name);
	}

	macroFunction(name: string) {
		return this.#outer.macroFunction(name);
	}

	returning(name: string) {
		return this.#values.has(name) ? undefined : this.#outer.returning(name);
	}

	isFunction(name: string) {
		return !this.#values.has(name) && this.#outer.isFunction(name);
	}

	isPlainRecord(name: string) {
		return this.#outer.isPlainRecord(name);
	}

	uses(name: string) {
		return this.#outer.uses(name);
	}

	type(name: string) {
		const value = this.#values.get(name);
		// A type given as an argument: `SIZE(T)` with `sizeof(T)` in its body.
		if (value?.expr.kind === 'name')
			return value.scope.type(value.expr.name) ?? this.catalog.lookup(value.expr.name, false);
		return this.#outer.type(name);
	}
}
