/** What JavaCPP reads at build time. Not exported. */
package io.nanoarrow.presets;
