/**
 * Which headers bring others along, as the headers of the Windows SDK, of mingw-w64 and of Wine include them, and which
 * one programs write. `winsock.h` and `windows.h` know the codes of Winsock 1.1 as well.
 */

/** The header that a source includes for a definition of another one, where that is not the header itself. */
export const includedFor: Readonly<Record<string, string>> = {
	'ws2def.h': 'winsock2.h',
	'ws2ipdef.h': 'ws2tcpip.h',
	'mswsockdef.h': 'mswsock.h',
};

/** Headers behind which the definitions of another one are known. */
export const broughtBy: Readonly<Record<string, readonly string[]>> = {
	'winsock2.h': ['ws2tcpip.h', 'ws2spi.h'],
};

/** Headers that cannot stand in front of `winsock2.h`. */
export const beforeWinsock2: readonly string[] = ['winsock.h', 'windows.h'];

/** Headers of Windows Sockets: one more can stand behind any of them. */
export const socketHeaders: readonly string[] = [
	'winsock2.h',
	'ws2tcpip.h',
	'ws2ipdef.h',
	'ws2def.h',
	'mswsock.h',
	'mstcpip.h',
	'ws2spi.h',
	'ws2bth.h',
	'afunix.h',
	'winsock.h',
	'windows.h',
];
