/** What the features can do, as one answer to the client. */
import type { ServerCapabilities } from 'vscode-languageserver';

/** All capabilities in one: objects by member, lists with each entry once; of other values the last. */
export const together = (all: readonly Partial<ServerCapabilities>[]): ServerCapabilities =>
	all.reduce<ServerCapabilities>((one, other) => merged(one, other) as ServerCapabilities, {});

function merged(one: unknown, other: unknown): unknown {
	if (Array.isArray(one) && Array.isArray(other)) return [...new Set([...one, ...other])];
	if (!isObject(one) || !isObject(other)) return other;
	const all = { ...one };
	for (const [key, value] of Object.entries(other)) all[key] = key in all ? merged(all[key], value) : value;
	return all;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
