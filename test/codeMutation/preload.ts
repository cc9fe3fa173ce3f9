/** Read first by every process that a test starts. */
import { startSwitching } from './switching.ts';

startSwitching();
