/** Settings that change while documents are open. */
import { SECTION } from '../../settings.ts';
import type { Feature } from '../feature.ts';
import { SettingsNotification } from '../standard.ts';

export default {
	register(on) {
		on.started(({ client }) => {
			if (client.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
				client.register(SettingsNotification, { section: SECTION });
			}
		});
		on.notification(SettingsNotification, 'Reading the settings', (session, params) => {
			session.readSettingsAgain(params?.settings);
		});
	},
} satisfies Feature;
