/** Names that a file gives to an entry point: pointers loaded by name, and pointers declared with its typedef. */
import { apis } from '../../apis/index.generated.ts';

const POINTER_TYPES = new Map(apis.flatMap((api) => api.aliases.map((alias) => [alias, api.id] as const)));

/** The entry point by each name that stands for it in this text. */
export function readAliases(text: string): ReadonlyMap<string, string> {
	const aliases = new Map<string, string>();
	if (/GetProcAddress|dlsym/.test(text)) {
		const loaded =
			/([A-Za-z_]\w*)\s*=[^;=]*\b(?:GetProcAddress|dlsym)\s*\([^;"]*"(WSAIoctl|WSPIoctl|ioctlsocket|WSANSPIoctl|NSPIoctl)"/g;
		for (const match of text.matchAll(loaded)) aliases.set(match[1]!, match[2]!);
	}
	for (const match of text.matchAll(/\b(LP\w*IOCTL\w*|PFN_WSK_CONTROL_SOCKET)\s+([A-Za-z_]\w*)\s*[;=,)]/g)) {
		const entryPoint = POINTER_TYPES.get(match[1]!);
		if (entryPoint) aliases.set(match[2]!, entryPoint);
	}
	return aliases;
}
