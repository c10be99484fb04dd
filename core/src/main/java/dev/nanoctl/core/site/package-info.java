/** What an operator decides about an instance: {@code nanoctl.yml}, read, checked and edited. */
@NullMarked
package dev.nanoctl.core.site;

import org.jspecify.annotations.NullMarked;
