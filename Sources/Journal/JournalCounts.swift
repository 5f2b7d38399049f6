/// How much of everything is in the journal, for health and metrics.
package struct JournalCounts: Hashable, Sendable {
    package var pendingNotifications: Int
    package var parkedNotifications: Int
    package var openIncidents: Int
    package var pendingMessages: Int
    package var parkedMessages: Int

    package init(
        pendingNotifications: Int = 0, parkedNotifications: Int = 0, openIncidents: Int = 0, pendingMessages: Int = 0,
        parkedMessages: Int = 0
    ) {
        self.pendingNotifications = pendingNotifications
        self.parkedNotifications = parkedNotifications
        self.openIncidents = openIncidents
        self.pendingMessages = pendingMessages
        self.parkedMessages = parkedMessages
    }
}

/// How much `Journal.prune` has deleted.
package struct PruneResult: Hashable, Sendable {
    package let notifications: Int
    package let messages: Int
    package let incidents: Int

    package init(notifications: Int = 0, messages: Int = 0, incidents: Int = 0) {
        self.notifications = notifications
        self.messages = messages
        self.incidents = incidents
    }
}
