/** The service that keeps a registered runner going: its systemd unit, its supervisor, its hooks. */
@NullMarked
package dev.crossarm.runner.service;

import org.jspecify.annotations.NullMarked;
