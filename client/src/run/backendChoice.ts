/** Which backend carries out runs here. A backend that is new has to be named in both tables. */
import type { WineLookup } from '../../../native/src/wine.ts';
import type { RunBackend } from '../../../server/src/lsp/protocol.ts';

/** A choice of the setting, made concrete, with the name that lenses show: `Wine 8.0`. */
export interface Backend {
	readonly name: RunBackend;
	readonly label: string;
	/** Why nothing can be run on it yet. */
	readonly obstacle?: string;
}

/** What a choice depends on. */
export interface Machine {
	readonly isWindows: boolean;
	/** Wine was set up, or its setup was begun. */
	readonly hasWineFolder: boolean;
	/** Looks for Wine, which starts a process. */
	wine(): Promise<WineLookup>;
	/** How the backend is called; by default by the system's name. */
	label(name?: string): string;
}

type Choose = (machine: Machine) => Promise<Backend>;

const choices: Readonly<Record<RunBackend, Choose>> = {
	async winsock({ isWindows, wine, label }) {
		if (isWindows) return { name: 'winsock', label: label() };
		const found = await wine();
		if (found.ok) return { name: 'winsock', label: label(`Wine ${found.home.version}`) };
		return { name: 'winsock', label: label('Wine'), obstacle: found.message };
	},
	posix: async ({ label }) => ({ name: 'posix', label: label() }),
};

const reachesWinsock: Readonly<Record<RunBackend, boolean>> = { winsock: true, posix: false };

/** The backend that the setting `run.backend` means on this machine; `auto` for what is none. */
export async function chooseBackend(wanted: string, machine: Machine): Promise<Backend> {
	if (Object.hasOwn(choices, wanted)) return choices[wanted as RunBackend](machine);
	// Nobody pays for looking at Wine who neither set it up nor asks for it.
	if (!machine.isWindows && !machine.hasWineFolder) return choices.posix(machine);
	const winsock = await choices.winsock(machine);
	return winsock.obstacle === undefined ? winsock : choices.posix(machine);
}

/** Whether runs on this backend get at Winsock as things are. */
export const hasWinsock = ({ name, obstacle }: Backend): boolean => reachesWinsock[name] && obstacle === undefined;
