/** What a name or a number means, as data for programs. Keys are only ever added within a format version. */
import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogType, ControlCode } from '../catalog/model.ts';
import { hex } from '../catalog/opcode.ts';
import { minimumSize } from '../types/requirements.ts';
import { errorUses } from './errors.ts';
import { documentationUrl, errorFacts, typeFacts, typeSpelling } from './facts.ts';
import { resolveQuery, type Subject } from './query.ts';

const FORMAT_VERSION = 1;

/** The record of a query; sizes and offsets are in bytes, by target. */
export function explainRecord(query: string, catalog: Catalog): object | { readonly error: string } {
	const subject = resolveQuery(query, catalog);
	if (subject.kind === 'error') return { error: subject.error };
	return { formatVersion: FORMAT_VERSION, kind: KINDS[subject.kind], ...contents(subject, catalog) };
}

const KINDS: Readonly<Record<Subject['kind'], string>> = {
	number: 'number',
	code: 'code',
	type: 'type',
	option: 'option',
	guid: 'guid',
	function: 'function',
	'reported-error': 'error',
	rule: 'rule',
	search: 'search',
};

function contents(subject: Subject, catalog: Catalog): object {
	switch (subject.kind) {
		case 'code':
			return codeRecord(subject.code, catalog);
		case 'number':
			return {
				value: subject.value,
				hex: hex(subject.value),
				codes: catalog.codes(subject.value).map((code) => codeRecord(code, catalog)),
			};
		case 'type':
			return typeRecord(subject.type, catalog);
		case 'function': {
			const { id, header, summary, parameters } = subject.api;
			return { name: id, header, summary, parameters };
		}
		case 'reported-error':
			return { ...subject.error, uses: errorUses(subject.error.name, catalog) };
		case 'rule': {
			const { id, title, description, severity, offByDefault } = subject.rule;
			return { name: id, severity: offByDefault ? 'off' : severity, title, description };
		}
		case 'option':
			return subject.option;
		case 'guid':
			return subject.guid;
		case 'search':
			return { words: subject.words, found: subject.found };
	}
}

function codeRecord(code: ControlCode, catalog: Catalog): object {
	const { name, opcode, header, aliases, windows, status, socket, summary, remarks, documentation } = code;
	const buffer = (side: 'input' | 'output') => {
		const { use, type, accepts, variable, meaning } = code[side];
		return { use, type, accepts, minimum: minimumSize(code[side], catalog), variable, meaning };
	};
	return {
		name,
		value: opcode.value,
		hex: hex(opcode.value),
		header,
		aliases: aliases?.map((alias) => alias.name),
		summary,
		remarks,
		input: buffer('input'),
		output: buffer('output'),
		errors: errorFacts(code).map(({ error, when }) => ({ error, when })),
		socket,
		windows,
		status,
		documentation: documentation && documentationUrl(documentation),
	};
}

function typeRecord(type: CatalogType, catalog: Catalog): object {
	const { size, fields, values, usedBy } = typeFacts(type, catalog);
	return {
		name: typeSpelling(type.name, catalog),
		header: type.header,
		summary: type.summary,
		size,
		fields: fields.map((field) => ({
			path: field.path,
			type: field.text,
			offset: field.offset,
			size: field.size,
			bits: field.bits,
			meaning: field.meaning,
		})),
		values,
		usedBy,
	};
}
