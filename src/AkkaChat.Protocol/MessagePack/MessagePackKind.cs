namespace AkkaChat.Protocol.MessagePack;

/// <summary>What one MessagePack value is.</summary>
internal enum MessagePackKind
{
    Nil,
    Boolean,
    Integer,
    Unsigned,
    Float,
    String,
    Binary,
    Array,
    Map,

    /// <summary>JavaScript's <c>undefined</c>.</summary>
    Undefined,

    /// <summary>A point in time, in milliseconds since 1970.</summary>
    Date,
}
