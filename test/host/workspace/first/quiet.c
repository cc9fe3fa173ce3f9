#include <stdio.h>

#define LOG(...) fprintf(stderr, __VA_ARGS__)

/* Mentions WSAIoctl(s, SIO_KEEPALIVE_VALS, p, 1, p, 1, 0, 0, 0) and calls nothing of the kind. */
int main(void)
{
	const char *text = "WSAIoctl(s, SIO_KEEPALIVE_VALS, p, 1, p, 1, 0, 0, 0)";
	LOG("%s %zu\n", text, sizeof(text));
	return 0;
}
