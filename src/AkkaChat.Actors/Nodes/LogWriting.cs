namespace AkkaChat.Nodes;

/// <summary>What a node has to do with the store of durable rooms. It only ever goes on to the next; the numbers are sent to other nodes.</summary>
internal enum LogWriting
{
    /// <summary>It has not opened it.</summary>
    NotYet = 0,

    /// <summary>It has it open.</summary>
    Now = 1,

    /// <summary>It has closed it, or is about to, and does not open it again.</summary>
    NoMore = 2,
}
