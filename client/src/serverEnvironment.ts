/**
 * What the server's process is started with. Compilers inside the engine take memory on threads of their own for
 * moments; left alone, glibc keeps all of it for them. Elsewhere these variables mean nothing.
 */
export const serverEnvironment: Readonly<Record<string, string>> = {
	MALLOC_MMAP_THRESHOLD_: '65536',
	MALLOC_TRIM_THRESHOLD_: '65536',
};
