namespace AkkaChat.Stores.Tests.Support;

/// <summary>A test that makes files fail by means that only Linux has; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null! : "Needs /proc.";
}
