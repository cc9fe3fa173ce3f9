/** Carries out a checked plan on a backend: makes the socket and its peer, runs the steps, closes everything. */

import { type Backend, type Handle, SetupError } from './backend.ts';
import { type PeerRecipe, type Plan, type RunReport, SOCKET_TYPES, type SocketRecipe } from './plan.ts';

/** How long data may take across the loopback interface. */
const ARRIVAL_MS = 2000;

/** The caller kills at the plan's timeout; the watchdog is for the case that there is no caller left. */
const WATCHDOG_GRACE_MS = 2000;

/** @throws SetupError when the socket or its peer cannot be made */
export function execute(backend: Backend, plan: Plan): RunReport {
	const open: Handle[] = [];
	backend.armWatchdog(plan.timeoutMs + WATCHDOG_GRACE_MS);
	try {
		const socket = makeSocket(backend, plan.socket, open);
		return {
			backend: backend.name,
			system: backend.system,
			socket: { local: backend.address(socket, 'local'), peer: backend.address(socket, 'peer') },
			steps: plan.steps.map((step) => backend.step(socket, step)),
		};
	} finally {
		// Youngest first, so that the plan's own socket goes last and its peer's data stays until then.
		for (const socket of open.reverse()) backend.close(socket);
		backend.disarmWatchdog();
	}
}

function makeSocket(backend: Backend, recipe: SocketRecipe, open: Handle[]): Handle {
	const track = (socket: Handle): Handle => {
		open.push(socket);
		return socket;
	};
	const family = typeof recipe.family === 'number' ? recipe.family : backend.family(recipe.family);
	const make = (): Handle => backend.open(family, SOCKET_TYPES[recipe.type], recipe.protocol, recipe.overlapped);
	const socket = track(make());
	if (recipe.bind) backend.bind(socket, recipe.bind);
	if (recipe.listen) {
		// An unbound socket would listen on every interface.
		if (!recipe.bind) backend.bind(socket, loopback(recipe));
		backend.listen(socket);
	}
	if (recipe.peer) {
		const other = track(make());
		backend.bind(other, loopback(recipe));
		if (recipe.type === 'stream') connectStream(backend, recipe.peer, socket, other, track);
		else connectDatagram(backend, recipe, recipe.peer, socket, other);
	}
	if (recipe.nonBlocking) backend.setNonBlocking(socket);
	return socket;
}

function connectStream(
	backend: Backend,
	peer: PeerRecipe,
	socket: Handle,
	listener: Handle,
	track: (socket: Handle) => Handle,
): void {
	backend.listen(listener);
	backend.connect(socket, nameOf(backend, listener));
	const far = track(backend.accept(listener));
	const queued = peer.queued.map((part) => Buffer.from(part, 'base64'));
	for (const part of queued) backend.send(far, part, false);
	const total = queued.reduce((sum, part) => sum + part.length, 0);
	if (total > 0) {
		waitFor(backend, socket, false, () => backend.peek(socket, total) >= total);
	}
	if (peer.urgent !== null) {
		backend.send(far, Buffer.from(peer.urgent, 'base64'), true);
		waitFor(backend, socket, true, () => true);
	}
}

function connectDatagram(
	backend: Backend,
	recipe: SocketRecipe,
	peer: PeerRecipe,
	socket: Handle,
	other: Handle,
): void {
	if (!recipe.bind) backend.bind(socket, loopback(recipe));
	backend.connect(socket, nameOf(backend, other));
	backend.connect(other, nameOf(backend, socket));
	for (const part of peer.queued) backend.send(other, Buffer.from(part, 'base64'), false);
	if (peer.queued.length > 0) waitFor(backend, socket, false, () => true);
}

/** Data has arrived when the system says so and `complete` agrees; poll() alone may wake for the first part of it. */
function waitFor(backend: Backend, socket: Handle, urgent: boolean, complete: () => boolean): void {
	const end = performance.now() + ARRIVAL_MS;
	for (;;) {
		const left = Math.max(0, Math.ceil(end - performance.now()));
		if (backend.poll(socket, urgent, left) && complete()) return;
		if (left === 0)
			throw new SetupError('waiting for the peer', 0, 'TIMEOUT', `: its data did not arrive in ${ARRIVAL_MS} ms`);
		// The rest is on its way; give the system a moment instead of spinning.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
	}
}

function loopback(recipe: SocketRecipe): { address: string; port: number } {
	return { address: recipe.family === 'inet6' ? '::1' : '127.0.0.1', port: 0 };
}

function nameOf(backend: Backend, socket: Handle): { address: string; port: number } {
	const name = backend.address(socket, 'local');
	if (!name) throw new SetupError('getsockname', 0, null);
	return name;
}
