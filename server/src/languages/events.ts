/** Functions that switch event notifications of a socket on and off, and those that leave them as they are. */

/** Where the functions that select events take their mask; 0 ends the notifications. */
export const EVENT_MASKS: Readonly<Record<string, number>> = { WSAEventSelect: 2, WSAAsyncSelect: 3 };

/** Functions that take a socket and select no events. */
export const SELECTS_NOTHING =
	/^(?:[gs]etsockopt|WSAIoctl|ioctlsocket|bind|listen|connect|WSAConnect|send|recv|sendto|recvfrom|WSASend|WSARecv|getsockname|getpeername|WSAEnumNetworkEvents)$/;
