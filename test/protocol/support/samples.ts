/** Sources that several tests open. */

/** One finding: 4 bytes where SIO_KEEPALIVE_VALS reads 12. */
export const SHORT = `void f(SOCKET s)
{
	DWORD on = 1, bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}
`;

/** The same call with the right structure: no finding. */
export const RIGHT = `void f(SOCKET s)
{
	struct tcp_keepalive on = { 1, 10000, 1000 };
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &bytes, NULL, NULL);
}
`;

export const range = (startLine: number, start: number, endLine: number, end: number) => ({
	start: { line: startLine, character: start },
	end: { line: endLine, character: end },
});

/** The finding of `SHORT`. */
export const SHORT_FINDING = {
	range: range(3, 38, 3, 48),
	severity: 1,
	code: 'input-too-small',
	source: 'ioctl-lens',
	message:
		'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but `cbInBuffer` is 4. WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.',
};
